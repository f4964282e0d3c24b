import { expect, it } from 'vitest'
import type { LinkRow } from '@/core/links/link'
import { linkMakers } from './link-makers'

const link = (account: number | null, createdBy: string): LinkRow => ({
  id: 1,
  title: '',
  path: '/',
  frozen: false,
  from: null,
  to: null,
  createdBy,
  createdAt: 0,
  expiresAt: null,
  account,
  bytes: 0,
})

it('counts the links of each person, by name; what is nobody’s is left out', () => {
  expect(linkMakers([link(2, 'Mara'), link(7, 'Bo'), link(2, 'Mara'), link(null, 'old')])).toEqual([
    { account: 7, name: 'Bo', count: 1 },
    { account: 2, name: 'Mara', count: 2 },
  ])
})
