import { describe, expect, it } from 'vitest'
import type { ClusterAccess } from '@/core/access/cluster-rights'
import { createAccessKeeper } from './cluster-access'

const alice = { user: 'oidc:alice', groups: ['oidc:team-a'] }
const access = (...sees: string[]): ClusterAccess => ({ admin: false, sees: new Set(sees), edits: new Set() })

function keeper() {
  let clock = 0
  const state = { said: access('shop'), failure: null as Error | null, reviews: 0 }
  const kept = createAccessKeeper(
    async () => {
      state.reviews++
      await Promise.resolve()
      if (state.failure) throw state.failure
      return state.said
    },
    () => clock,
  )
  const ask = (person = alice) => kept.ask('east', person, ['shop', 'bank'])
  /** Lets what goes on behind the scenes end. */
  const settled = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  return { state, ask, settled, pass: (seconds: number) => (clock += seconds * 1_000) }
}

describe('what clusters said of people', () => {
  it('is asked once at a time, and for each person by name and groups', async () => {
    const { state, ask } = keeper()
    await Promise.all([ask(), ask(), ask()])
    expect(state.reviews).toBe(1)
    await ask({ ...alice, groups: [] })
    await ask({ user: 'oidc:bob', groups: ['oidc:team-a'] })
    expect(state.reviews).toBe(3)
  })

  it('is asked again behind the scenes while it is used, so that nobody waits', async () => {
    const { state, ask, pass, settled } = keeper()
    await ask()
    state.said = access()
    pass(12)
    expect(await ask()).toMatchObject({ access: { sees: new Set(['shop']) } })
    await settled()
    expect(await ask()).toMatchObject({ access: { sees: new Set() } })
  })

  it('is never given when it is older than half a minute', async () => {
    const { state, ask, pass } = keeper()
    await ask()
    state.said = access()
    pass(30)
    expect(await ask()).toMatchObject({ access: { sees: new Set() } })
  })

  it('is kept a few seconds only where it is nothing', async () => {
    const { state, ask, pass, settled } = keeper()
    state.said = access()
    await ask()
    state.said = access('shop')
    pass(6)
    await ask()
    await settled()
    expect(await ask()).toMatchObject({ access: { sees: new Set(['shop']) } })
  })

  it('is unknown and not nothing where the cluster cannot be asked, and asked again soon', async () => {
    const { state, ask, pass } = keeper()
    state.failure = new Error('away')
    expect(await ask()).toEqual({ cluster: 'east', unknown: 'away' })
    expect(await ask()).toEqual({ cluster: 'east', unknown: 'away' })
    expect(state.reviews).toBe(1)
    state.failure = null
    pass(6)
    expect(await ask()).toMatchObject({ access: { sees: new Set(['shop']) } })
  })

  it('outlives a server that is away for a moment, and no longer', async () => {
    const { state, ask, pass, settled } = keeper()
    await ask()
    state.failure = new Error('away')
    pass(15)
    await ask()
    await settled()
    expect(await ask()).toMatchObject({ access: { sees: new Set(['shop']) } })
    expect(state.reviews).toBe(2)
    pass(15)
    expect(await ask()).toEqual({ cluster: 'east', unknown: 'away' })
  })
})
