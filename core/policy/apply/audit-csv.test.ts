import { expect, it } from 'vitest'
import { auditCsvHead, auditCsvLine } from './audit-csv'

it('a change is one line, whatever people wrote in it', () => {
  const line = auditCsvLine({
    id: 7,
    plan: 3,
    at: 0,
    completedAt: null,
    by: 'ada',
    actedAs: { user: 'oidc:ada', groups: ['a', 'b'] },
    from: '192.0.2.1',
    requestId: 'r',
    cluster: 'demo',
    ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
    change: 'update',
    state: 'applied',
    error: '',
    fields: ['spec.ingress'],
    warnings: [],
    tookOver: ['kubectl'],
    overrode: { type: 'helm', name: 'x' },
    draft: null,
    reason: '=cmd()\n"why", then',
    undoOf: null,
    undoneBy: { change: 8, by: 'bo', at: 0 },
  })
  expect(line).toBe(
    `7,3,1970-01-01T00:00:00.000Z,,ada,oidc:ada a b,192.0.2.1,r,demo,networking.k8s.io/NetworkPolicy/shop/web,update,applied,,spec.ingress,,kubectl,helm,,"'=cmd() ""why"", then",,8\r\n`,
  )
  expect(auditCsvHead.split(',')).toHaveLength(21)
})
