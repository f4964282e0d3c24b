'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { TeamItem, TeamsAnswer } from '@/core/access/settings-teams'
import { ruleText } from '@/core/access/rule-text'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { SkeletonRows } from '../ui/skeleton'
import { keptTeam } from './kept-drafts'
import { teamsQuery } from './queries'
import { GroupNames, SettingsHead } from './settings-head'
import { teamPath } from './team-path'
import { TeamForm } from './team-form'
import { MatchesNow, TeamSightCard } from './team-preview'
import { TeamViewButton } from './team-view-button'

/** One team: what it has, who is in it, what they see; or a new one. */
export function TeamPage() {
  const { data, error, refetch } = useQuery(teamsQuery())
  const search = useSearchParams()
  const name = search.get('name')
  const shown = useShownTeam(data?.teams ?? [], name)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={8} label="Loading the team" />
  // What somebody typed of a team outlives it.
  const gone = !shown && data.mayChange ? keptTeam(name) : null
  const team = shown ?? gone
  if (name !== null && !team) return <NoSuchTeam name={name} />
  if (!team) return <NewTeam known={data} as={search.get('as') ?? ''} label={search.get('label') ?? ''} />
  return <OneTeam key={team.id ?? team.name} team={team} known={data} isGone={gone !== null} />
}

/** The team of this name; once it is shown it stays through its renaming, and the address follows. */
function useShownTeam(teams: readonly TeamItem[], name: string | null): TeamItem | undefined {
  const router = useRouter()
  const [shown, setShown] = useState<number | null>(null)
  const named = teams.find((team) => team.name === name)
  const renamed = name === null || named ? undefined : teams.find(({ id }) => id !== null && id === shown)
  if (named && named.id !== shown) setShown(named.id)
  const now = renamed?.name
  useEffect(() => {
    // The old name leads nowhere, so Back must not lead to it.
    if (now !== undefined) router.replace(teamPath({ name: now }))
  }, [now, router])
  return named ?? renamed
}

function OneTeam({ team, known, isGone }: { team: TeamItem; known: TeamsAnswer; isGone: boolean }) {
  const mayEdit = known.mayChange && team.id !== null
  return (
    <>
      <SettingsHead title={<Trail name={team.name} />} actions={isGone ? null : <TeamViewButton team={team.name} />}>
        {team.from === 'file' && 'From the configuration file, which alone can change it.'}
        {team.problem}
      </SettingsHead>
      {mayEdit ? (
        <TeamForm team={team} known={known} isGone={isGone} />
      ) : (
        <>
          <Facts team={team} />
          <Card title="Namespaces now">
            <MatchesNow rules={team.rules} team={team.name} />
          </Card>
          <TeamSightCard rules={team.rules} />
        </>
      )}
    </>
  )
}

function NewTeam({ known, as, label }: { known: TeamsAnswer; as: string; label: string }) {
  if (!known.mayChange)
    return <EmptyState title="Only an administrator makes teams">Ask who runs Oriel to make one.</EmptyState>
  const draft: TeamItem = {
    id: null,
    name: as,
    from: 'database',
    rules: label === '' ? [] : [{ cluster: null, selector: label }],
    viewers: [],
    editors: [],
    namespaces: [],
    version: 0,
    changed: null,
    problem: null,
  }
  return (
    <>
      <SettingsHead title={<Trail name="New team" />} />
      <TeamForm team={draft} known={known} />
    </>
  )
}

const Trail = ({ name }: { name: string }) => (
  <>
    <Link href="/settings/teams" className="text-accent underline underline-offset-2">
      Teams
    </Link>
    <span aria-hidden="true" className="px-1.5 text-fg-3">
      /
    </span>
    {name}
  </>
)

function Facts({ team }: { team: TeamItem }) {
  const facts = [
    ['Namespaces', <GroupNames key="rules" groups={team.rules.map(ruleText)} />],
    ['See', <GroupNames key="viewers" groups={team.viewers} none="No group" />],
    ['Change policies', <GroupNames key="editors" groups={team.editors} none="No group" />],
  ] as const
  return (
    <Card title="Definition">
      <dl className="grid grid-cols-[120px_1fr] gap-x-4 gap-y-1.5">
        {facts.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-fg-3">{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

const NoSuchTeam = ({ name }: { name: string }) => (
  <EmptyState
    title={`There is no team called ${name}`}
    actions={
      <Link href="/settings/teams" className={buttonClass()}>
        All teams
      </Link>
    }
  >
    It may have been renamed or deleted, or it is none of yours.
  </EmptyState>
)
