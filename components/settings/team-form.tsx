'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { TeamItem, TeamsAnswer } from '@/core/access/settings-teams'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { teamDeletionsQuery } from './audit/queries'
import { DeleteTeam } from './delete-team'
import { deleterOf } from './deleter-of'
import { GroupsField } from './groups-field'
import { RuleRows, ruleOf, ruleProblem } from './rule-rows'
import { MatchesNow, TeamSightCard } from './team-preview'
import { useTeamDraft } from './use-team-draft'

/** Writes a team, with what that means while it is typed. */
export function TeamForm({ team, known, isGone = false }: { team: TeamItem; known: TeamsAnswer; isGone?: boolean }) {
  const router = useRouter()
  const draft = useTeamDraft(team, isGone)
  const [deleting, setDeleting] = useState(false)
  const { name, rules, viewers, editors } = draft.typed
  const readable = rules.filter((rule) => rule.text.trim() !== '' && ruleProblem(rule) === null).map(ruleOf)
  const isNew = team.id === null || isGone
  const leave = () => {
    draft.takeTheirs()
    router.push('/settings/teams')
  }
  const broken = rules.some((rule) => ruleProblem(rule) !== null)
  return (
    <>
      <Card title="Definition">
        <form
          aria-label="Team"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (!draft.busy) draft.save()
          }}
        >
          <Field label="Name">
            {(id) => (
              <Input
                id={id}
                className="max-w-80"
                maxLength={63}
                required
                value={name}
                onChange={(event) => draft.type({ name: event.target.value })}
              />
            )}
          </Field>
          <RuleRows rules={rules} clusters={known.clusters} onChange={(next) => draft.type({ rules: next })} />
          <div className="rounded-md border border-line bg-canvas px-3 py-2">
            <MatchesNow rules={readable} team={isNew ? '' : team.name} />
          </div>
          <div className="flex flex-col gap-4 sm:flex-row">
            <GroupsField
              label="Groups that see"
              hint="One a line, as the login provider tells them."
              value={viewers}
              onChange={(next) => draft.type({ viewers: next })}
              known={known.knownGroups}
            />
            <GroupsField
              label="Groups that change policies"
              hint="They see as well."
              value={editors}
              onChange={(next) => draft.type({ editors: next })}
              known={known.knownGroups}
            />
          </div>
          {draft.problem !== null && <p role="alert">{draft.problem}</p>}
          {isGone && <Gone team={team.name} onDiscard={leave} />}
          {draft.isFound && !isGone && <Found isNew={isNew} onDiscard={draft.takeTheirs} />}
          {draft.isBehind && <Behind by={team.changed?.by} onTake={draft.takeTheirs} onKeep={draft.keepMine} />}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              type="submit"
              variant="primary"
              disabled={draft.busy || broken || draft.isBehind || name.trim() === ''}
            >
              {isGone ? 'Save again as a new team' : isNew ? 'Make team' : 'Save'}
            </Button>
            {!isGone && <Button onClick={leave}>Cancel</Button>}
            {draft.isSaved && <StatusMark status="ok" label="Saved" showLabel />}
            {!isNew && (
              <Button className="ml-auto" onClick={() => setDeleting(true)}>
                Delete…
              </Button>
            )}
          </div>
        </form>
      </Card>
      <TeamSightCard rules={readable} />
      {deleting && <DeleteTeam team={team} onClose={() => setDeleting(false)} />}
    </>
  )
}

/** Only administrators see this form, and these may read who did it. */
function Gone({ team, onDiscard }: { team: string; onDiscard: () => void }) {
  const { data } = useQuery(teamDeletionsQuery(team))
  const who = deleterOf(data?.entries ?? [], team)
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md border border-warn px-3 py-2">
      <p className="min-w-60 flex-1 wrap-anywhere">
        This team was deleted meanwhile{who !== null && ` by ${who}`}. What you typed is still here: save it again as a
        new team, or discard it.
      </p>
      <Button size="sm" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  )
}

const Found = ({ isNew, onDiscard }: { isNew: boolean; onDiscard: () => void }) => (
  <output className="flex flex-wrap items-center gap-2 rounded-md border border-line px-3 py-2">
    <span className="min-w-60 flex-1">This is what you typed before you left the page. It is not saved.</span>
    <Button size="sm" onClick={onDiscard}>
      {isNew ? 'Begin anew' : 'Discard it'}
    </Button>
  </output>
)

type BehindProps = { by?: string | undefined; onTake: () => void; onKeep: () => void }

const Behind = ({ by, onTake, onKeep }: BehindProps) => (
  <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md border border-warn px-3 py-2">
    <p className="min-w-60 flex-1 wrap-anywhere">
      This team was saved meanwhile{by !== undefined && ` by ${by}`}. What you typed is still here.
    </p>
    <Button size="sm" onClick={onTake}>
      Load what they saved
    </Button>
    <Button size="sm" onClick={onKeep}>
      Keep mine, to save over it
    </Button>
  </div>
)
