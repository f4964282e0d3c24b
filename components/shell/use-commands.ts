'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { endpointLabel } from '@/core/endpoint'
import { parseFilter } from '@/core/filter/filter-parse'
import { REGISTRY } from '../pages'
import { savedViewsQuery } from '../saved-views/queries'
import { searchQuery, valuesQuery } from './queries'
import { sourcesQuery } from '../sources/queries'
import { servicePath } from '../service-path'
import { presets } from '../time-range'
import { useCluster, useFilter, useTimeRange, useViewParams } from '../url-state'
import type { Command } from './commands'
import { overview } from './overview'
import { useRegisteredCommands } from './page-commands'
import { readRecent } from './recent'
import { themes } from './theme'
import { useKeptSearch } from './use-kept-search'
import { usePlaceCommands } from './use-place-commands'
import { setTheme } from './use-theme'

const maxTyped = 200

/**
 * Everything that the command menu offers for what was typed. Services and namespaces are those of the time range shown;
 * `isAsking`: they are not known yet.
 */
export function useCommands(
  typed: string,
  onHelp: () => void,
): { readonly commands: readonly Command[]; readonly isAsking: boolean } {
  const router = useRouter()
  const search = useKeptSearch()
  const registered = useRegisteredCommands()
  const { found, isAsking } = useFound(typed.trim().slice(0, maxTyped), search)
  const places = usePlaceCommands()
  const settings = useSettings(onHelp)
  const { data: saved } = useQuery(savedViewsQuery())
  const [recent] = useState(readRecent)
  const commands = useMemo(() => {
    const goes = (group: string, label: string, href: string, more: Partial<Command> = {}): Command => ({
      id: href,
      group,
      label,
      href,
      run: () => router.push(href),
      ...more,
    })
    return [
      ...(typed.trim() ? [] : recent.map(({ label, href }) => goes('Recent', label, href))),
      ...registered,
      ...REGISTRY.map((page) => ({
        ...goes('Pages', page.title, `${page.path}${search}`, { keywords: page.keywords }),
        id: page.path,
        href: undefined,
        hint: `G ${page.key.toUpperCase()}`,
      })),
      ...(typed.trim() ? places : []),
      ...(saved?.views ?? []).map((view) => goes('Saved views', view.name, view.path, { id: `view ${view.id}` })),
      ...found,
      ...settings,
    ]
  }, [router, search, typed, recent, registered, places, saved, found, settings])
  return { commands, isAsking }
}

/** What the data has under these words: services, namespaces; and the words as a filter, where they are one. */
function useFound(text: string, search: string) {
  const router = useRouter()
  const [, setQ] = useFilter()
  const filters = usePathname() !== '/sources'
  const { q: _filter, ...params } = useViewParams()
  const asked = useQuery(searchQuery({ ...params, text }))
  const askedValues = useQuery(valuesQuery({ ...params, field: text ? ['ns'] : [], text }))
  const isAsking = text !== '' && [asked, askedValues].some((query) => query.isLoading || query.isPlaceholderData)
  const [services, values] = [asked.data, askedValues.data]
  const found = useMemo((): readonly Command[] => {
    if (!text) return []
    const filter = (q: string) => (filters ? void setQ(q) : router.push(`/?q=${encodeURIComponent(q)}`))
    const isFilter = text.includes(':') && parseFilter(text).errors.length === 0
    return [
      ...(isFilter
        ? [{ id: 'filter', group: 'Filter', label: `Filter by ${text}`, keywords: [text], run: () => filter(text) }]
        : []),
      ...(services ?? []).map((row) => {
        const href = `${servicePath(row)}${search}`
        return {
          id: row.id,
          group: 'Services',
          label: endpointLabel(row),
          hint: row.kind,
          keywords: [text],
          href,
          run: () => router.push(href),
        }
      }),
      ...(values?.[0]?.values ?? []).map(({ value, edges }) => ({
        id: `ns ${value}`,
        group: 'Namespaces',
        label: value,
        hint: `filter · ${edges} edges`,
        run: () => filter(`ns:${value}`),
      })),
    ]
  }, [text, services, values, filters, search, router, setQ])
  return { found, isAsking }
}

/** How the page is shown: cluster, time, theme, help. */
function useSettings(onHelp: () => void): readonly Command[] {
  const { setLast } = useTimeRange()
  const [, setCluster] = useCluster()
  const { data } = useQuery(sourcesQuery())
  return useMemo(() => {
    const clusters = data ? overview(data).clusters : []
    const choices = clusters.length > 1 ? ['', ...clusters] : []
    return [
      ...choices.map((name) => ({
        id: `cluster ${name}`,
        group: 'Clusters',
        label: name ? `Show cluster ${name}` : 'Show all clusters',
        run: () => void setCluster(name || null),
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
    ]
  }, [data, setLast, setCluster, onHelp])
}
