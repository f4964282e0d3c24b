'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { TeamItem, TeamsAnswer } from '@/core/access/settings-teams'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { DeleteTeam } from './delete-team'
import { GroupsField } from './groups-field'
import { RuleRows, ruleOf, ruleProblem } from './rule-rows'
import { MatchesNow, TeamSightCard } from './team-preview'
import { useTeamDraft } from './use-team-draft'

/** Writes a team, with what that means while it is typed. */
export function TeamForm({ team, known }: { team: TeamItem; known: TeamsAnswer }) {
  const router = useRouter()
  const draft = useTeamDraft(team)
  const [deleting, setDeleting] = useState(false)
  const { name, rules, viewers, editors } = draft.typed
  const readable = rules.filter((rule) => rule.text.trim() !== '' && ruleProblem(rule) === null).map(ruleOf)
  const isNew = team.id === null
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
          {draft.isBehind && <Behind onTake={draft.takeTheirs} onKeep={draft.keepMine} />}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              type="submit"
              variant="primary"
              disabled={draft.busy || broken || draft.isBehind || name.trim() === ''}
            >
              {isNew ? 'Make team' : 'Save'}
            </Button>
            <Button onClick={() => router.push('/settings/teams')}>Cancel</Button>
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

const Behind = ({ onTake, onKeep }: { onTake: () => void; onKeep: () => void }) => (
  <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md border border-warn px-3 py-2">
    <p className="min-w-60 flex-1">Somebody else saved this team meanwhile. What you typed is still here.</p>
    <Button size="sm" onClick={onTake}>
      Load what they saved
    </Button>
    <Button size="sm" onClick={onKeep}>
      Keep mine, to save over it
    </Button>
  </div>
)
