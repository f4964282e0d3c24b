'use client'

import { useQuery } from '@tanstack/react-query'
import { later } from '../later'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { meQuery } from '../access/queries'
import { AttentionBadge } from '../attention/attention-badge'
import { formatDuration, plural } from '../format'
import { type Page, REGISTRY } from '../pages'
import { sourcesQuery } from '../sources/queries'
import { SavedViewList } from '../saved-views/saved-view-list'
import { useRecording } from '../url-state'
import { StatusMark } from '../status-mark'
import { Kbd } from '../ui/kbd'
import { Logo } from './logo'
import { ThemeMenu } from './theme-menu'
import { knowsFacts, overview } from './overview'
import { useKeptSearch } from './use-kept-search'

// It stands once sources are known, long after the first paint.
const TourCard = later(() => import('../onboarding/tour-card').then((module) => module.TourCard), {
  failed: () => null,
})

/** Navigation at the left; a row above the page where the window is narrow. */
export function Sidebar() {
  const { data } = useQuery(sourcesQuery())
  const { data: me } = useQuery(meQuery())
  const facts = data && knowsFacts(data, me?.sees) ? overview(data) : null
  const [recording] = useRecording()
  const recorded = data?.recordings.find((row) => row.id === recording)
  return (
    <nav
      aria-label="Oriel"
      className="flex shrink-0 items-center gap-x-1 border-b border-line px-2 py-1 lg:w-52 lg:flex-col lg:items-stretch lg:gap-0.5 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:py-3"
    >
      <Link
        href="/"
        className="flex items-center gap-2 rounded-md px-2 py-1 text-[15px] font-semibold tracking-tight lg:mb-2 lg:px-2.5"
      >
        <Logo />
        <span className="max-lg:sr-only">Oriel</span>
      </Link>
      {/* Further rows rather than an end that is cut. */}
      <div className="flex min-w-0 flex-wrap gap-x-1 lg:flex-col lg:flex-nowrap lg:gap-0.5">
        {REGISTRY.filter((page) => page.section === 'views').map((page) => (
          <NavLink key={page.path} page={page} />
        ))}
        <SavedViewList />
        <div className="hidden px-2.5 pt-3.5 pb-1 text-2xs text-fg-3 lg:block">Workspace</div>
        {REGISTRY.filter((page) => page.section === 'workspace').map((page) => (
          <NavLink key={page.path} page={page} troubled={page.path === '/sources' ? facts?.troubled : undefined} />
        ))}
      </div>
      <div className="hidden lg:mt-auto lg:block">
        {facts && facts.sources > 0 && recording === null && <TourCard />}
      </div>
      <div className="ml-auto flex items-center lg:ml-0 lg:block lg:border-t lg:border-line lg:px-2.5 lg:pt-2.5 lg:text-xs lg:leading-[17px] lg:text-fg-3">
        {recording !== null && (
          <div className="hidden lg:block">
            <div className="truncate text-fg-2">{recorded?.name ?? `No. ${recording}`}</div>
            Recording, not live
            {recorded && (
              <>
                <br />
                {recorded.sourceType} · {plural(recorded.linesUsed, 'line')}
              </>
            )}
          </div>
        )}
        {/* Of its height before anything is known. */}
        {recording === null && <div className="hidden min-h-[51px] lg:block">{facts && <Watched facts={facts} />}</div>}
        <div className="lg:mt-2 lg:-ml-2">
          <ThemeMenu />
        </div>
      </div>
    </nav>
  )
}

/** What the console sees, and how late. */
function Watched({ facts: { clusters, sources, workloads, lagMs } }: { facts: ReturnType<typeof overview> }) {
  return (
    <>
      <div className="truncate text-fg-2">
        {clusters.length === 1 ? clusters[0] : plural(clusters.length, 'cluster')}
      </div>
      {plural(sources, 'source')}
      {workloads !== null && ` · ${plural(workloads, 'workload')}`}
      <br />
      lag {lagMs !== null && lagMs < 1000 ? '< 1 s' : formatDuration(lagMs)}
    </>
  )
}

function NavLink({ page, troubled = 0 }: { page: Page; troubled?: number }) {
  const pathname = usePathname()
  const search = useKeptSearch()
  const current = page.path === '/' ? pathname === '/' : pathname.startsWith(page.path)
  const keys = (
    <span className="hidden lg:inline" aria-hidden="true">
      <Kbd>G {page.key.toUpperCase()}</Kbd>
    </span>
  )
  return (
    <Link
      href={`${page.path}${search}`}
      aria-current={current ? 'page' : undefined}
      className={`flex items-center justify-between gap-2 rounded-md px-2 py-1.5 whitespace-nowrap lg:px-2.5 ${current ? 'bg-hover text-fg' : 'text-fg-2 hover:text-fg'}`}
    >
      {page.title}
      {troubled > 0 ? (
        <span className="flex items-center gap-1 text-2xs">
          <StatusMark status="warn" label={`${plural(troubled, 'source')} in trouble`} />
          <span aria-hidden="true">{troubled}</span>
        </span>
      ) : page.path === '/' ? (
        <AttentionBadge otherwise={keys} />
      ) : (
        keys
      )}
    </Link>
  )
}
