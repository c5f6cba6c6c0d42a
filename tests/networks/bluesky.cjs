// A real PDS of Bluesky and a directory of identities (in memory), in one process. Arguments: folder, two free ports.
// Prints one line of JSON when it answers, and stops on SIGTERM. It listens on every interface: only for tests.
const { randomBytes } = require('crypto')
const path = require('path')
const from = require('module').createRequire(path.join(path.resolve(process.env.LIERRE_TEST_PDS), 'here.js'))
const [folder, port, directoryPort] = process.argv.slice(2)

async function main() {
  const plc = from('@did-plc/server')
  const { PDS, envToCfg, envToSecrets } = from('@atproto/pds')
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
  }
  const server = PDS.fromEnv ? await PDS.fromEnv(settings) : await PDS.create(envToCfg(settings), envToSecrets(settings))
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
