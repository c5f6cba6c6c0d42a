// The whole network of Bluesky on this machine, in one process: a directory of identities (in memory), a server of accounts, and
// the view of all that is said there. Arguments: the port of the server of accounts, an address of PostgreSQL.
// It answers once everything does, and stops on SIGTERM. It listens on every interface: only for tests.
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const parts = path.join(path.resolve(process.env.LIERRE_TEST_BLUESKY), 'node_modules/@atproto/dev-env/dist')
const part = (name) => import(pathToFileURL(path.join(parts, `${name}.js`)).href)
// Not the package as a whole: it would bring its moderation, which nobody asks here.
const [{ TestPlc }, { TestBsync }, { TestBsky }, { TestPds }, { mockNetworkUtilities }] = await Promise.all(
  ['plc', 'bsync', 'bsky', 'pds', 'util'].map(part),
)

const port = Number(process.argv[2])
const base = process.argv[3]
const apiKey = 'only for tests on this machine'
const nobody = { modServiceUrl: 'https://moderation.invalid', modServiceDid: 'did:example:invalid' }

const directory = await TestPlc.create({})
const notes = await TestBsync.create({ apiKeys: [apiKey], dbUrl: base, dbSchema: 'notes' })
const view = await TestBsky.create({
  plcUrl: directory.url,
  pdsPort: port,
  repoProvider: `ws://localhost:${port}`,
  bsyncUrl: notes.url,
  bsyncApiKey: apiKey,
  dbPostgresUrl: base,
  dbPostgresSchema: 'view',
  modServiceDid: nobody.modServiceDid,
})
notes.ctx.dataplaneClients = [view.ctx.dataplane]
const accounts = await TestPds.create({
  ...nobody,
  port,
  didPlcUrl: directory.url,
  bskyAppViewUrl: view.url,
  bskyAppViewDid: view.serverDid,
  hostname: 'localhost',
  rateLimitsEnabled: false,
})
// Handles end in .test, which no DNS knows: they are asked of the server of accounts.
mockNetworkUtilities(accounts, view)
console.log(JSON.stringify({ ready: true, view: view.url }))

process.on('SIGTERM', async () => {
  await Promise.allSettled([view.close(), notes.close(), accounts.close(), directory.close()])
  process.exit(0)
})
