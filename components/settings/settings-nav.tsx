'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { meQuery } from '../access/queries'
import { SETTINGS } from './pages'

/** The pages of the settings: at the left, above the page where the window is narrow. */
export function SettingsNav() {
  const path = usePathname()
  const { data: me } = useQuery(meQuery())
  const pages = SETTINGS.filter(({ adminOnly }) => !adminOnly || me?.admin)
  return (
    <nav
      aria-label="Settings"
      className="flex shrink-0 flex-wrap gap-0.5 border-b border-line p-2 xl:w-44 xl:flex-col xl:flex-nowrap xl:overflow-y-auto xl:border-r xl:border-b-0 xl:py-4"
    >
      {pages.map((page) => {
        const current = [page.path, ...(page.also ?? [])].includes(path)
        return (
          <Link
            key={page.path}
            href={page.path}
            aria-current={current ? 'page' : undefined}
            className={`rounded-md px-2.5 py-1.5 whitespace-nowrap ${current ? 'bg-hover text-fg' : 'text-fg-2 hover:text-fg'}`}
          >
            {page.title}
          </Link>
        )
      })}
    </nav>
  )
}
