import { expect, it } from 'vitest'
import type { AuditEntry } from '@/core/audit/entry'
import { deleterOf } from './deleter-of'

const deletion = (name: string, target: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'e1',
  at: 0,
  account: 1,
  name,
  by: 'session',
  action: 'team.deleted',
  target,
  cluster: '',
  namespace: '',
  result: 'done',
  reason: '',
  requestId: null,
  from: '',
  count: 1,
  ...more,
})

it.each<[string, AuditEntry[], string | null]>([
  ['who did it last', [deletion('bob', 'shop'), deletion('ada', 'shop')], 'bob'],
  ['not who deleted one whose name has this in it', [deletion('bob', 'shop eu'), deletion('ada', 'shop')], 'ada'],
  ['not who was refused', [deletion('bob', 'shop', { result: 'refused' })], null],
  ['not who changed it', [deletion('bob', 'shop', { action: 'team.changed' })], null],
  ['nobody where the audit does not know', [deletion('', 'shop')], null],
  ['nobody where it has nothing', [], null],
])('names %s', (_, entries, expected) => expect(deleterOf(entries, 'shop')).toBe(expected))
