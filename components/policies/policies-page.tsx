'use client'

import { later } from '../later'
import Link from 'next/link'
import { useMemo } from 'react'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { buttonClass } from '../ui/button'
import { SkeletonRows } from '../ui/skeleton'
import { useRecording } from '../url-state'
import { useCanEdit } from './can-edit'
import { editorPath } from './editor-links'
import { narrowPolicies } from './narrow-policies'
import { NoPolicies, NoPolicyMatches, RecordingPolicies } from './no-policies'
import { PoliciesBar } from './policies-bar'
import { PoliciesList } from './policies-list'
import { PoliciesSummary } from './policies-summary'
import { UnreadStrip } from './unread-strip'
import { usePolicies } from './use-policies'
import { type PoliciesState, usePoliciesState } from './use-policies-state'
import { usePolicyCommands } from './use-policy-commands'
import type { ShownPage } from './shown-page'

const PoliciesBoard = later(() => import('./policies-board').then((module) => module.PoliciesBoard))
const CoverageView = later(() => import('./coverage-view').then((module) => module.CoverageView))
const MatrixView = later(() => import('./matrix-view').then((module) => module.MatrixView))
const FindingsView = later(() => import('./findings-view').then((module) => module.FindingsView))
const PolicyPanel = later(() => import('./policy-panel').then((module) => module.PolicyPanel))

/** What is allowed, by which rule, and who is uncovered? */
export function PoliciesPage() {
  const [recording] = useRecording()
  const state = usePoliciesState()
  const { page: data, error, refetch, isPlaceholderData } = usePolicies()
  usePolicyCommands(data, state)
  return (
    <ConsolePage title="Policies" actions={data && <NewPolicy page={data} />} asOf={data?.at ?? null}>
      {recording !== null ? (
        <RecordingPolicies />
      ) : error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={18} label="Loading policies" />
      ) : data.cluster === '' ? (
        <NoPolicies page={data} />
      ) : (
        <div className="relative flex min-h-0 flex-1">
          {/* What the panel covers in a narrow window is not there for keys and readers either. */}
          <div
            aria-busy={isPlaceholderData}
            className={`max-lg:[&:has(+aside)]:invisible flex min-h-0 min-w-0 flex-1 flex-col ${isPlaceholderData ? 'opacity-60' : ''}`}
          >
            <UnreadStrip page={data} />
            <Body page={data} state={state} />
          </div>
          {state.sel !== null && <PolicyPanel key={state.sel} page={data} state={state} refKey={state.sel} />}
        </div>
      )}
    </ConsolePage>
  )
}

function Body({ page, state }: { page: ShownPage; state: PoliciesState }) {
  const { find, kind, ns, owner, state: use, view } = state
  const rows = useMemo(
    () => narrowPolicies(page.policies, page.workloads, { find, kind, ns, owner, state: use }),
    [page, find, kind, ns, owner, use],
  )
  return (
    <>
      <PoliciesBar page={page} state={state} />
      <PoliciesSummary page={page} shown={rows.length} state={state} />
      {view === 'coverage' ? (
        <CoverageView page={page} state={state} />
      ) : page.policies.length === 0 ? (
        <NoPolicies page={page} />
      ) : rows.length === 0 ? (
        <NoPolicyMatches state={state} />
      ) : view === 'board' ? (
        <PoliciesBoard page={page} rows={rows} state={state} />
      ) : view === 'matrix' ? (
        <MatrixView page={page} rows={rows} state={state} />
      ) : view === 'findings' ? (
        <FindingsView page={page} rows={rows} state={state} />
      ) : (
        <PoliciesList page={page} rows={rows} state={state} />
      )}
    </>
  )
}

function NewPolicy({ page }: { page: ShownPage }) {
  const kept = useKeptSearch()
  if (!useCanEdit() || page.cluster === '') return null
  return (
    <Link
      prefetch={false}
      href={editorPath({ new: 'NetworkPolicy', cluster: page.cluster }, kept)}
      className={buttonClass('primary')}
    >
      New policy
    </Link>
  )
}
