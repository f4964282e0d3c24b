import { expect, it } from 'vitest'
import type { Finding } from '@/core/findings/finding'
import { withoutAffected } from './without-affected'

it('a finding does not tell the page of a service that it reaches that service', () => {
  const [bff, web] = [
    { id: 'bff-key', name: 'bff' },
    { id: 'web-key', name: 'web' },
  ]
  const finding = { affected: [bff, web], endpoints: ['db-key', 'bff-key', 'web-key'] } as unknown as Finding
  expect(withoutAffected(finding, 'bff-key').affected).toEqual([web])
  expect(withoutAffected(finding, 'db-key').affected).toEqual([bff, web])
})
