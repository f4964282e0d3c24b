import { describe, expect, it } from 'vitest'
import { flowId } from '@/core/flows/flow-id'
import { edgeName, recordRow } from '@/server/db/test-batches'
import { policiesView } from './policies'
import { policyDecisionView } from './policy-decision'
import { answerOf as ask } from './testing'
import { flowFacet, now, policyDatabase, shopOnly } from './testing-policies'

const { db } = policyDatabase()

describe('the decision', () => {
  const about = (query: string, scope?: Parameters<typeof ask>[2]) =>
    ask(policyDecisionView, `policies/decision?last=15m&${query}`, scope)

  it('on an edge names the policy at each end and what it leans on', async () => {
    const sel = encodeURIComponent('demo/shop/Deployment/web|demo/shop/Deployment/db|80|tcp')
    const { edges, ends } = await about(`sel=${sel}`)
    expect(edges).toMatchObject([
      {
        verdict: 'denied',
        recorded: { denied: 7 },
        difference: null,
        sides: [
          { direction: 'egress', reason: 'no-policy' },
          { direction: 'ingress', reason: 'end-of-tier', selecting: [{ name: 'db-callers' }] },
        ],
      },
    ])
    expect(edges[0]?.sentences.join(' ')).toMatch(/^Denied.*db-callers/)
    expect(ends.find(({ name }) => name === 'db')?.ingress).toMatchObject({
      state: 'isolated',
      by: [{ name: 'db-callers' }],
    })
  })

  it('on a record is that of its time, with what its source said', async () => {
    const at = now - 20_000
    await db.write({
      records: [
        recordRow(at, 9n, {
          edge: edgeName('web', 'cart'),
          facet: flowFacet,
          shape: JSON.stringify({
            ingress_allowed_by: [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'cart-callers' }],
          }),
        }),
      ],
    })
    const page = await about(`flow=${flowId({ time: at, key: 9n })}`)
    expect(page).toMatchObject({
      at,
      edges: [
        {
          verdict: 'allowed',
          from: 'shop/web[Deployment]',
          to: 'shop/cart[Deployment]',
          difference: null,
          recorded: null,
        },
      ],
      flow: { verdict: 'allowed', steps: [{ outcome: 'allowed', policy: { name: 'cart-callers' } }] },
    })
    await expect(about('flow=1-1&sel=x')).rejects.toThrow(/give either sel or flow/)
    const [cart] = (await ask(policiesView, 'policies?last=14m')).policies
    expect(cart?.hits.witnesses).toEqual(['hubble'])
  })

  it('on a workload is that on all its edges, what differs first', async () => {
    const page = await about(`sel=${encodeURIComponent('demo/shop/Deployment/web')}`)
    expect(page).toMatchObject({ edgeCount: 4, differing: 2 })
    expect(page.edges.map(({ difference }) => difference?.says)).toEqual(['denied', 'allowed', undefined, undefined])
  })

  it('says of a hidden end that it is one', async () => {
    const page = await about(`sel=${encodeURIComponent('demo/shop/Deployment/web')}`, shopOnly)
    expect(JSON.stringify(page)).not.toMatch(/vault|secrets/)
    expect(page.edges.find(({ verdict }) => verdict === 'not-known')?.sentences).toEqual([
      'What policies decide cannot be told: one end is outside what you may see.',
    ])
  })
})
