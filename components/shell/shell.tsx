'use client'

import { later } from '../later'
import { DialogFailed } from '../part-failed'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { createLive, LiveContext, useLiveRefresh, type Live } from '../live'
import { REGISTRY } from '../pages'
import { useZone } from '../zone'
import { AccessGate } from '../access/access-gate'
import { forgetOthers } from '../access/forget-names'
import { TeamViewBanner } from '../access/team-view-banner'
import { FrozenGate } from '../share/frozen-gate'
import { useAnnounce } from '../ui/announcer'
import { useFrozenToken } from '../url-state'
import { CommandMenu } from './command-menu'
import { Sidebar } from './sidebar'
import { useKeptSearch } from './use-kept-search'
import { usePrintTheme } from './use-print-theme'
import { useShortcut, useShortcutListener } from './use-shortcuts'
import { type Who, WhoContext } from './who'

// Loaded when first opened.
const HelpSheet = later(() => import('./help-sheet').then((module) => module.HelpSheet), {
  failed: ({ open, onOpenChange }, retry) =>
    open && <DialogFailed onRetry={retry} onClose={() => onOpenChange(false)} />,
})

const connectLive = (): Live => createLive(() => new EventSource('/api/v1/live'), document)

/** Everything that stays while pages change: navigation, live stream, shortcuts, command menu, help. `who` null: a frozen page for anybody, which is shown alone. */
export function Shell({ who, children }: { who: Who | null; children: ReactNode }) {
  const [stream] = useState<Live | null>(() => (typeof document === 'undefined' ? null : connectLive()))
  // What is frozen does not move.
  const live = useFrozenToken() === null && who ? stream : null
  // The page that help was asked for on: elsewhere it is closed.
  const [helpOn, setHelpOn] = useState<string | null>(null)
  const pathname = usePathname()
  const showHelp = useCallback(() => setHelpOn(pathname), [pathname])
  const zone = useZone()
  const by = who && `${who.name}, ${who.by}`
  useEffect(() => {
    if (by !== null) forgetOthers(by)
  }, [by])
  useShortcutListener()
  usePrintTheme()
  useShortcut('help', showHelp)
  return (
    <WhoContext value={who}>
      <LiveContext value={live}>
        {live && <LiveRefresh live={live} />}
        <a
          href="#page"
          className="sr-only rounded-md border border-line bg-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2"
        >
          Skip to the page
        </a>
        {/* Another time zone writes every time anew. */}
        <div key={zone} className="relative flex h-dvh flex-col overflow-clip lg:flex-row">
          {who && <Sidebar />}
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {who && <TeamViewBanner />}
            <FrozenGate>{who ? <AccessGate>{children}</AccessGate> : children}</FrozenGate>
          </div>
        </div>
        {who && REGISTRY.map((page) => <GoShortcut key={page.path} path={page.path} />)}
        <RouteAnnouncer />
        {who && <CommandMenu onOpen={() => setHelpOn(null)} onHelp={showHelp} />}
        {helpOn !== null && (
          <HelpSheet open={helpOn === pathname} onOpenChange={(open) => setHelpOn(open ? pathname : null)} />
        )}
      </LiveContext>
    </WhoContext>
  )
}

function LiveRefresh({ live }: { live: Live }) {
  useLiveRefresh(live)
  return null
}

function GoShortcut({ path }: { path: string }) {
  const router = useRouter()
  const search = useKeptSearch()
  useShortcut(
    `go ${path}`,
    useCallback(() => router.push(`${path}${search}`), [router, path, search]),
  )
  return null
}

function RouteAnnouncer() {
  const pathname = usePathname()
  const announce = useAnnounce()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    announce(REGISTRY.find((page) => page.path === pathname)?.title ?? document.title)
  }, [pathname, announce])
  return null
}
