// A form that a passkey fills in: the browser asks the key, the answer leaves in the hidden field.
// `data-passkey` says whether a key is made ("create") or asked ("get"). The question stands in a JSON block of the
// page, or at the address `data-options`. Where no script runs the form is not shown: there is always another way.
const { create, get, supported } = window.webauthnJSON

async function question(form) {
  if (!form.dataset.options) return JSON.parse(document.getElementById('passkey_options').textContent)
  const answer = await fetch(form.dataset.options, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

async function ask(form) {
  const asked = await question(form)
  if (form.dataset.passkey === 'get') return get(asked.request_options)
  const { creation_options: options } = asked
  // One that signs in alone must be kept by the key itself, and must check who holds it.
  const alone = form.elements.passwordless?.checked ?? false
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: alone ? 'required' : 'discouraged',
    requireResidentKey: alone,
    ...(alone && { userVerification: 'required' }),
  })
  return create(options)
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.hidden = !supported()
  const failed = form.querySelector('[data-failed]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    failed.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(await ask(form))
      form.submit()
    } catch {
      failed.hidden = false
    }
  })
}
