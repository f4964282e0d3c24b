'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { endpointLabel } from '@/core/endpoint'
import { REGISTRY } from '../pages'
import { searchQuery } from '../queries'
import { servicePath } from '../service-path'
import { presets } from '../time-range'
import { useTimeRange, useViewParams } from '../url-state'
import type { Command } from './commands'
import { themes } from './theme'
import { useKeptSearch } from './use-kept-search'
import { setTheme } from './use-theme'

/** Everything that the command menu offers for what was typed. Services are those of the time range shown. */
export function useCommands(typed: string, onHelp: () => void): readonly Command[] {
  const router = useRouter()
  const search = useKeptSearch()
  const { setLast } = useTimeRange()
  const { q: _filter, ...params } = useViewParams()
  const { data: services } = useQuery(searchQuery({ ...params, text: typed.trim().slice(0, 200) }))
  return useMemo(
    () => [
      ...REGISTRY.map((page) => ({
        id: page.path,
        group: 'Pages',
        label: page.title,
        hint: `G ${page.key.toUpperCase()}`,
        keywords: page.keywords,
        run: () => router.push(`${page.path}${search}`),
      })),
      ...presets.map((preset) => ({
        id: preset.last,
        group: 'Time',
        label: `Show ${preset.label}`,
        keywords: [preset.last, 'range'],
        run: () => void setLast(preset.last),
      })),
      ...themes.map((theme) => ({
        id: theme,
        group: 'Theme',
        label: `Use the ${theme} theme`,
        keywords: ['colour', 'mode', 'toggle'],
        run: () => setTheme(theme),
      })),
      { id: 'help', group: 'Help', label: 'Keyboard help', hint: '?', keywords: ['shortcuts'], run: onHelp },
      ...(typed.trim() ? (services ?? []) : []).map((row) => ({
        id: row.id,
        group: 'Services',
        label: endpointLabel(row),
        hint: row.kind,
        run: () => router.push(`${servicePath(row)}${search}`),
      })),
    ],
    [router, search, setLast, services, typed, onHelp],
  )
}
