'use client'

import Link from 'next/link'
import type { AuditedPolicy, AuditEntry } from '@/core/audit/entry'
import { policyPath } from '../../policies/editor-links'
import { buttonClass } from '../../ui/button'
import { teamPath } from '../team-path'

type Target = { readonly href: string; readonly label: string }

/** Where what an entry tells of is today. */
export const AuditLinks = ({ entry, policy }: { entry: AuditEntry; policy: AuditedPolicy | null }) =>
  targetsOf(entry, policy).map(({ href, label }) => (
    <Link key={href} href={href} className={buttonClass('plain', 'sm')}>
      {label}
    </Link>
  ))

function targetsOf(entry: AuditEntry, policy: AuditedPolicy | null): readonly Target[] {
  if (policy) {
    const draft = policy.draft === null ? [] : [{ href: `/policies/edit?draft=${policy.draft}`, label: 'Draft' }]
    return [{ href: policyPath(entry.cluster, policy.ref, ''), label: 'Policy and its versions' }, ...draft]
  }
  const [noun] = entry.action.split('.')
  switch (noun) {
    case 'team':
      return entry.target === '' ? [] : [{ href: teamPath({ name: entry.target }), label: 'Team' }]
    case 'grant':
      return [{ href: '/settings/members', label: 'Members' }]
    case 'session':
      return [{ href: '/settings/sessions', label: 'Sessions' }]
    case 'token':
      return [{ href: '/settings/tokens', label: 'Tokens' }]
    case 'link':
      return [{ href: '/links', label: 'Shared links' }]
    case 'exception':
      return [{ href: '/encryption', label: 'Encryption' }]
    case 'policy':
      return [{ href: '/policies', label: 'Policies' }]
    default:
      return []
  }
}
