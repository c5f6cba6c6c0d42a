// A real PDS of Bluesky and a directory of identities (in memory), in one process. Arguments: folder, two free ports.
// Prints one line of JSON when it answers, and stops on SIGTERM. It listens on every interface: only for tests.
const { randomBytes } = require('crypto')
const path = require('path')
const from = require('module').createRequire(path.join(path.resolve(process.env.LIERRE_TEST_BLUESKY), 'here.js'))
const [folder, port, directoryPort] = process.argv.slice(2)

// It knows Lierre by the address of a page in https: this name stands for a port of this machine, and nothing else is changed.
const outside = globalThis.fetch
globalThis.fetch = (asked, sent) => {
  const named = /^https:\/\/port-(\d+)(?:-\w+)?\.lierre\.internal(\/.*)$/.exec(asked instanceof Request ? asked.url : String(asked))
  return named ? outside(`http://127.0.0.1:${named[1]}${named[2]}`, { headers: { accept: 'application/json' } }) : outside(asked, sent)
}

async function main() {
  const plc = from('@did-plc/server')
  const { PDS } = from('@atproto/pds')
  const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(directoryPort) })
  await directory.start()
  const settings = {
    devMode: true,
    port: Number(port),
    hostname: 'localhost',
    dataDirectory: folder,
    blobstoreDiskLocation: path.join(folder, 'blobs'),
    adminPassword: 'admin',
    jwtSecret: 'only for tests on this machine',
    plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
    didPlcUrl: `http://localhost:${directoryPort}`,
    serviceHandleDomains: ['.test'],
    bskyAppViewUrl: 'https://appview.invalid',
    bskyAppViewDid: 'did:example:invalid',
    modServiceUrl: 'https://moderation.invalid',
    modServiceDid: 'did:example:invalid',
    crawlers: [],
    inviteRequired: false,
    disableSsrfProtection: true,
    rateLimitsEnabled: false,
    blobUploadLimit: 60 * 1024 * 1024,
  }
  const server = await PDS.fromEnv(settings)
  await server.start()
  console.log(JSON.stringify({ ready: true }))
  process.on('SIGTERM', async () => {
    await server.destroy()
    await directory.destroy()
    process.exit(0)
  })
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
