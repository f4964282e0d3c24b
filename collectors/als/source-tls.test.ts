import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { credentials, status } from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { makeCertificates } from './test-network'
import { first, listening, next, until } from './testing-source'

const { read, sender } = listening()

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-als-'))
  makeCertificates(folder, 'a')
  makeCertificates(folder, 'b')
  const file = (name: string) => join(folder, name)
  const use = (name: string) => {
    for (const end of ['server.crt', 'server.key']) copyFileSync(file(`${name}-${end}`), file(end))
  }
  const pem = (name: string) => readFileSync(file(name))
  const trusting = (ca: string, client?: string) =>
    credentials.createSsl(
      pem(`${ca}-ca.crt`),
      client ? pem(`${client}-client.key`) : null,
      client ? pem(`${client}-client.crt`) : null,
    )
  const tls = { cert: file('server.crt'), key: file('server.key') }
  cleanupAfterAll(folder)

  it('lets in those with a certificate of the authority, and no others', async () => {
    use('a')
    const reading = read({ config: { tls: { ...tls, clientCa: file('a-ca.crt') } } })
    const port = await reading.port
    await sender(port, trusting('a', 'a')).send(first)
    await until(() => reading.observed().length === 1)
    for (const stranger of [trusting('a'), trusting('a', 'b'), credentials.createInsecure()]) {
      const other = sender(port, stranger)
      void other.send(first)
      expect((await other.closed)?.code).toBe(status.UNAVAILABLE)
    }
    expect(reading.observed()).toHaveLength(1)
  })

  it('uses renewed files for new connections and keeps the others open', async () => {
    use('a')
    const reading = read({ config: { tls } })
    const port = await reading.port
    const old = sender(port, trusting('a'))
    await old.send(first)
    await until(() => reading.observed().length === 1)
    writeFileSync(file('server.crt'), 'half written')
    use('b')
    await expect
      .poll(
        async () => {
          const fresh = sender(port, trusting('b'))
          void fresh.send(next('b'))
          return Promise.race([
            fresh.closed.then(() => false),
            until(() => reading.observed().length >= 2).then(() => true),
          ])
        },
        { timeout: 20_000 },
      )
      .toBe(true)
    await old.send(next('c'))
    await until(() => reading.observed().length >= 3)
    expect(reading.gaps()).toEqual([])
  })

  it('says what is wrong with files that are no certificates', async () => {
    writeFileSync(file('bad.crt'), 'no certificate')
    const bad = read({ config: { tls: { ...tls, cert: file('bad.crt') } } })
    expect((await bad.done)?.message).toMatch(/TLS files of the source als cannot be used/)
    const missing = read({ config: { tls: { ...tls, cert: file('none.crt') } } })
    expect((await missing.done)?.message).toMatch(/Cannot read the TLS file .*none\.crt/)
  })
})

function cleanupAfterAll(folder: string): void {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
}
