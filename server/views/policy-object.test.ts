import { describe, expect, it } from 'vitest'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { policyObjectView } from './policy-object'
import { answerOf as ask } from './testing'
import { now, policy, policyDatabase, shopOnly } from './testing-policies'

const { db, write } = policyDatabase()

describe('a policy', () => {
  const key = (name: string, place = 'shop') => encodeURIComponent(`networking.k8s.io/NetworkPolicy/${place}/${name}`)
  const about = (name: string, place?: string, scope?: Parameters<typeof ask>[2]) =>
    ask(policyObjectView, `policies/object?last=15m&ref=${key(name, place)}`, scope)

  it('has its text, whom it selects, and whom its rules match', async () => {
    const { now: found, versions } = await about('cart-callers')
    expect(found?.yaml).toMatch(
      /^apiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy\nmetadata:\n {2}name: cart-callers/,
    )
    expect(found?.yaml).not.toMatch(/uid|creationTimestamp/)
    expect(found?.selects).toEqual([{ namespace: 'shop', name: 'cart', kind: 'Deployment' }])
    expect(found?.rules.map(({ matches, matchCount }) => [matches.map(({ name }) => name), matchCount])).toEqual([
      [['web'], 1],
      [[], 0],
    ])
    expect(found?.findings.map(({ rule, path }) => [rule, path])).toContainEqual([
      'peer-matches-nothing',
      'spec.ingress[1].from[0]',
    ])
    expect(versions).toMatchObject([{ change: 'made', to: null, changes: [] }])
  })

  it('has its versions, also when it is gone', async () => {
    const before = policy('passing', 'web', ['cart'])
    const after = policy('passing', 'web', ['db'])
    await write(now - 500_000, { ...before, createdAt: now - 500_000 })
    await write(now - 400_000, { ...after, createdAt: now - 500_000 })
    const gone = {
      object: { ...after, createdAt: now - 500_000 },
      workload: null,
      at: now - 300_000,
      until: now - 300_000,
    }
    await writeInventory(db.pool, 'demo', [gone])
    const { now: found, versions } = await about('passing')
    expect(found).toBeNull()
    expect(versions.map(({ change, changes, to }) => [change, changes, to])).toEqual([
      [
        'changed',
        [{ path: 'spec.ingress[0].from[0].podSelector.matchLabels.app', before: '"cart"', after: '"db"' }],
        now - 300_000,
      ],
      ['made', [], now - 400_000],
    ])
  })

  it('is not there outside the scope', async () => {
    expect((await about('vault-only', 'vault')).now?.name).toBe('NetworkPolicy vault/vault-only')
    await expect(about('vault-only', 'vault', shopOnly)).rejects.toThrow(/There is no such policy/)
  })
})
