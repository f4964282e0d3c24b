'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { meQuery } from '../access/queries'
import { logOut } from '../login/log-out'
import { REGISTRY } from '../pages'
import { SETTINGS } from '../settings/pages'
import type { Command } from './commands'
import { useKeptSearch } from './use-kept-search'
import { useWho } from './who'

/** Pages below those of the navigation, and what the account menu has: people look for them by name. */
export function usePlaceCommands(): readonly Command[] {
  const router = useRouter()
  const search = useKeptSearch()
  const who = useWho()
  const { data: me } = useQuery(meQuery())
  return useMemo(() => {
    const own = new Set(REGISTRY.map(({ path }) => path))
    const settings = SETTINGS.filter(({ path, adminOnly }) => !own.has(path) && (!adminOnly || me?.admin))
    return [
      {
        id: 'new policy',
        group: 'Pages',
        label: 'Edit policies',
        keywords: ['new policy', 'editor', 'draft', 'networkpolicy'],
        run: () => router.push(`/policies/edit${search}`),
      },
      ...settings.map(({ path, title }) => ({
        id: path,
        group: 'Settings',
        label: title,
        keywords: ['settings'],
        run: () => router.push(path),
      })),
      ...(who
        ? [{ id: 'log out', group: 'Account', label: 'Log out', keywords: ['sign out'], run: () => void logOut() }]
        : []),
    ]
  }, [router, search, who, me])
}
