'use client'

import { useQuery } from '@tanstack/react-query'
import { later } from '../later'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Me } from '@/core/access/me'
import { UserMenu } from '../shell/user-menu'
import { useFrozenToken } from '../url-state'
import { EmptyState } from '../ui/empty-state'
import { meQuery } from './queries'

// Seldom needed.
const UnknownRights = later(() => import('./unknown-rights').then((module) => module.UnknownRights))

/** The page; for who has no role, why there is none. The server answers them nothing in any case. */
export function AccessGate({ children }: { children: ReactNode }) {
  const { data: me } = useQuery(meQuery())
  const path = usePathname()
  const frozen = useFrozenToken() !== null
  // What is about themselves is there for everybody, and a frozen view is open to who has its link.
  const asked = frozen ? undefined : me
  const hasPage = !asked || asked.sees !== 'nothing' || asked.viewAs !== null || path.startsWith('/settings/')
  return (
    <>
      {asked && asked.unknown.length > 0 && <UnknownRights clusters={asked.unknown} />}
      {hasPage ? (
        children
      ) : (
        <>
          <header className="flex min-h-12 shrink-0 items-center justify-end border-b border-line px-3 py-2">
            <UserMenu />
          </header>
          <main id="page" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
            {asked.rightsFrom === 'kubernetes' ? <NothingByClusters me={asked} /> : <NoRole me={asked} />}
          </main>
        </>
      )}
    </>
  )
}

function NothingByClusters({ me }: { me: Me }) {
  const known = me.unknown.length === 0
  return (
    <EmptyState level="h1" title={known ? 'No cluster lets you see anything here' : 'Your rights are not known'}>
      <p>
        You are logged in as {me.name}. The clusters say who sees what here.{' '}
        {known
          ? 'Ask who runs them for a role that may get flows of oriel.dev in your namespaces.'
          : 'What could be asked lets you see nothing; above stands what could not.'}
      </p>
    </EmptyState>
  )
}

function NoRole({ me }: { me: Me }) {
  const teams = me.teams ?? []
  if (teams.length > 0)
    return (
      <EmptyState level="h1" title="Your teams have no namespaces yet">
        <p>
          You are in {teams.join(', ')}. Nothing that is known belongs to {teams.length === 1 ? 'it' : 'them'}. Ask who
          runs Oriel to say which namespaces are yours.
        </p>
      </EmptyState>
    )
  return (
    <EmptyState level="h1" title="You have no role here yet">
      <p>
        You are logged in as {me.name}. No team has one of your groups, so there is nothing to show. Ask who runs Oriel
        to add one of them to a team.
      </p>
      {me.groups.length > 0 ? (
        <div className="mt-4 text-left">
          <h2 className="text-xs text-fg-3">Your groups, as the login provider tells them</h2>
          <ul className="mt-1 flex flex-wrap gap-1.5">
            {me.groups.map((group) => (
              <li key={group} className="rounded-sm bg-hover px-1.5 py-0.5 font-mono text-xs wrap-anywhere">
                {group}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="mt-3">The login provider tells no groups of yours.</p>
      )}
    </EmptyState>
  )
}
