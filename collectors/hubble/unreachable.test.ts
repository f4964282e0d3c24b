import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { hubbleConfig } from './config'
import { readFrom } from './test-reading'
import { startTestServer } from './test-server'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

it('tells nothing of a server that was never there, not even a batch that would say it runs', async () => {
  const server = await startTestServer()
  server.stop()
  const reading = readFrom(hubbleConfig.parse({ address: `127.0.0.1:${server.port}` }))
  expect((await reading.done)?.message).toMatch(/ECONNREFUSED.*\)\. Check that Hubble Relay runs/)
  expect(reading.batches).toEqual([])
})

it('says what is wrong with the address', async () => {
  const plainText = await startTestServer()
  cleanups.push(() => plainText.stop())
  const messageOf = async (config: object) => (await readFrom(hubbleConfig.parse(config)).done)?.message
  expect(await messageOf({ address: 'hubble.invalid:4245' })).toMatch(/Check the host in the source’s address\.$/)
  expect(await messageOf({ address: `127.0.0.1:${plainText.port}`, tls: {} })).toMatch(
    /\(UNAVAILABLE: .*wrong version number\)\. The port does not speak TLS: leave tls out/,
  )
  const web = createServer((_, response) => response.end('a page')).listen(0, '127.0.0.1')
  cleanups.push(() => web.close())
  await once(web, 'listening')
  const address = web.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  expect(await messageOf({ address: `127.0.0.1:${address.port}` })).toMatch(
    /Check that the address is that of Hubble Relay, and whether it wants TLS/,
  )
})
