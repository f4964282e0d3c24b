import { afterEach, describe, expect, it } from 'vitest'
import { createDiscovery } from './discovery'
import { type Answer, type FaultServer, startFaultServer, status } from './testing-faults'

const tiers = { group: 'projectcalico.org', version: 'v3', plural: 'tiers' }
const route = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'httproutes' }
const groups = [{ name: 'projectcalico.org', versions: [{ version: 'v3' }] }]

let server: FaultServer | undefined
afterEach(() => server?.stop())

const json =
  (body: unknown): Answer =>
  (response) =>
    void response.end(JSON.stringify(body))

/** Answers by path; the others are 404. */
const discover = async (answers: Readonly<Record<string, Answer>>, maxAgeMs = 60_000) => {
  server = await startFaultServer((response, asked) => (answers[asked.path] ?? status(404))(response, asked))
  return createDiscovery(server.connection, { signal: new AbortController().signal, idleMs: 1_000 }, maxAgeMs)
}

describe('discovery', () => {
  it('tells what is served, and asks once for all kinds of a group', async () => {
    const { serves } = await discover({
      '/apis': json({ groups }),
      '/apis/projectcalico.org/v3': json({ resources: [{ name: 'tiers' }, { name: 'tiers/status' }] }),
    })
    const asked = [tiers, { ...tiers, plural: 'networksets' }, { ...tiers, version: 'v4' }, route]
    expect(await Promise.all(asked.map(serves))).toEqual([true, false, false, false])
    expect(await serves({ group: '', version: 'v1', plural: 'pods' })).toBe(true)
    expect(server?.asked.map(({ path }) => path)).toEqual(['/apis', '/apis/projectcalico.org/v3'])
  })

  it.each<readonly [string, Readonly<Record<string, Answer>>]>([
    ['it is not allowed', { '/apis': status(403) }],
    ['it answers something else', { '/apis': json('welcome') }],
    ['the server of the group is away', { '/apis': json({ groups }), '/apis/projectcalico.org/v3': status(503) }],
  ])('cannot tell where %s', async (_, answers) => {
    const { serves } = await discover(answers)
    expect(await serves(tiers)).toBeNull()
  })

  it('asks again when what it knows is old', async () => {
    const { serves } = await discover({ '/apis': json({ groups: [] }) }, 0)
    expect([await serves(tiers), await serves(route)]).toEqual([false, false])
    expect(server?.asked).toHaveLength(2)
  })
})
