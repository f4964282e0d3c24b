'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { LabelledTeam, NamespacePair, TeamItem } from '@/core/access/settings-teams'
import { meQuery } from '../access/queries'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { formatAgo, plural } from '../format'
import { Card } from '../service/card'
import { ErrorState } from '../shell/error-state'
import { StatusMark } from '../status-mark'
import { buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { SkeletonRows } from '../ui/skeleton'
import { useNow } from '../use-now'
import { teamsQuery } from './queries'
import { RolesCard } from './roles-card'
import { MissingWall } from './missing-wall'
import { ClustersDecide, useClustersDecide } from './clusters-decide'
import { GroupNames, SettingsHead } from './settings-head'
import { teamPath } from './team-path'
import { teamlessSentence } from './teamless-sentence'

/** Who may see what: teams, and roles that are given everywhere. */
export function TeamsPage() {
  const { data, error, refetch } = useQuery(teamsQuery())
  const fromClusters = useClustersDecide()
  const { data: me } = useQuery(meQuery())
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={8} label="Loading teams" />
  const { teams, labelled, roles, mayChange, knownGroups, missingWall } = data
  return (
    <>
      <SettingsHead
        title="Teams"
        actions={
          mayChange && (
            <Link href={teamPath({})} className={buttonClass('primary')}>
              New team
            </Link>
          )
        }
      >
        {fromClusters
          ? 'A team is a set of namespaces: the map draws them together, and tokens and views may be narrowed to it.'
          : mayChange
            ? 'A team is a set of namespaces, with the groups whose members see them or change policies there. Groups come from the login provider. Who is in no group of any team sees nothing.'
            : 'Your teams, with the namespaces that they have. Administrators change them.'}
        <ClustersDecide />
      </SettingsHead>
      {missingWall && <MissingWall statements={missingWall} />}
      {teams.length === 0 ? (
        <EmptyState title={mayChange ? 'There is no team yet' : 'You are in no team'}>
          {mayChange
            ? 'Until there is one, only those who have a role everywhere see anything.'
            : me && teamlessSentence(me)}
        </EmptyState>
      ) : (
        <TeamsCard teams={teams} />
      )}
      {roles.length > 0 && <RolesCard roles={roles} knownGroups={knownGroups} />}
      {labelled.length > 0 && <LabelledCard teams={labelled} />}
    </>
  )
}

function TeamsCard({ teams }: { teams: readonly TeamItem[] }) {
  const now = useNow()
  return (
    <Card title="Teams" figure={<span className="text-xs">{plural(teams.length, 'team')}</span>}>
      <CardTable
        label="Teams"
        className="min-w-[690px] table-fixed"
        heads={[
          { title: 'Name', className: 'w-[20%]' },
          { title: 'Namespaces now', className: 'w-[30%]' },
          { title: 'See', className: 'w-[17%]' },
          { title: 'Change policies', className: 'w-[17%]' },
          { title: 'Written by' },
        ]}
      >
        {teams.map((team) => (
          <tr key={`${team.from}/${team.name}`} className={rowClass}>
            <td className={`${cell} py-1.5`}>
              <Link href={teamPath({ name: team.name })} className="text-accent hover:underline wrap-anywhere">
                {team.name}
              </Link>
              {team.problem !== null && (
                <span className="mt-0.5 block text-xs">
                  <StatusMark status="warn" label="gives no rights" showLabel />
                </span>
              )}
            </td>
            <td className={`${cell} py-1.5`}>
              <Namespaces pairs={team.namespaces} />
            </td>
            <td className={`${cell} py-1.5`}>
              <GroupNames groups={team.viewers} />
            </td>
            <td className={`${cell} py-1.5`}>
              <GroupNames groups={team.editors} />
            </td>
            <td className={`${cell} py-1.5 text-fg-2`}>
              {team.changed === null ? (
                'Configuration file'
              ) : (
                <>
                  {team.changed.by}
                  <span className="block text-xs text-fg-3">{formatAgo(team.changed.at, now ?? team.changed.at)}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </CardTable>
    </Card>
  )
}

const namedAtMost = 4

/** The first few by name; how many more. Clusters are named where there are several. */
function Namespaces({ pairs }: { pairs: readonly NamespacePair[] }) {
  if (pairs.length === 0) return <StatusMark status="unknown" label="none" showLabel />
  const several = new Set(pairs.map(({ cluster }) => cluster)).size > 1
  const names = pairs
    .slice(0, namedAtMost)
    .map(({ cluster, namespace }) => (several ? `${cluster}/${namespace}` : namespace))
  const more = pairs.length - names.length
  return (
    <span className="wrap-anywhere">
      <span className="font-mono text-xs">{names.join(', ')}</span>
      {more > 0 && <span className="text-fg-3"> and {more} more</span>}
    </span>
  )
}

/** What labels say and nobody has roles in. */
function LabelledCard({ teams }: { teams: readonly LabelledTeam[] }) {
  return (
    <Card title="Teams by label" figure={<span className="text-xs">drawn on the map; they give nobody rights</span>}>
      <CardTable
        label="Teams by label"
        className="min-w-[560px]"
        heads={[
          { title: 'Name', className: 'w-[20%]' },
          { title: 'Label', className: 'w-[30%]' },
          { title: 'Namespaces now' },
          { title: <span className="sr-only">Give it roles</span>, className: 'w-32' },
        ]}
      >
        {teams.map((team) => (
          <tr key={`${team.label}/${team.name}`} className={rowClass}>
            <td className={`${cell} py-1 wrap-anywhere`}>{team.name}</td>
            <td className={`${cell} py-1 font-mono text-xs wrap-anywhere`}>{team.label}</td>
            <td className={`${cell} py-1`}>
              <Namespaces pairs={team.namespaces} />
            </td>
            <td className={`${cell} py-1 text-right`}>
              <Link
                href={teamPath({ as: team.name, label: team.label })}
                className={buttonClass('quiet', 'sm')}
                aria-label={`Give it roles: ${team.name}`}
              >
                Give it roles
              </Link>
            </td>
          </tr>
        ))}
      </CardTable>
    </Card>
  )
}
