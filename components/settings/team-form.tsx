'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { TeamItem, TeamsAnswer } from '@/core/access/settings-teams'
import { sendJson } from '../api'
import { Card } from '../service/card'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { DeleteTeam } from './delete-team'
import { GroupsField, groupsOf } from './groups-field'
import { draftOf, type RuleDraft, RuleRows, ruleOf, ruleProblem } from './rule-rows'
import { teamPath } from './team-path'
import { MatchesNow, TeamSightCard } from './team-preview'
import { useChange } from './use-change'

/** Writes a team, with what that means while it is typed. */
export function TeamForm({ team, known }: { team: TeamItem; known: TeamsAnswer }) {
  const router = useRouter()
  const [name, setName] = useState(team.name)
  const [rules, setRules] = useState<readonly RuleDraft[]>(() => team.rules.map(draftOf))
  const [viewers, setViewers] = useState(team.viewers.join('\n'))
  const [editors, setEditors] = useState(team.editors.join('\n'))
  const [deleting, setDeleting] = useState(false)
  const readable = rules.filter((rule) => rule.text.trim() !== '' && ruleProblem(rule) === null).map(ruleOf)
  const isNew = team.id === null
  const { change, busy, problem } = useChange({
    run: () => {
      const content = {
        name,
        namespaces: rules.filter(({ text }) => text.trim() !== '').map(ruleOf),
        viewers: groupsOf(viewers),
        editors: groupsOf(editors),
      }
      return isNew
        ? sendJson('POST', 'teams', content)
        : sendJson('PUT', `teams/${team.id}`, { ...content, version: team.version })
    },
    done: () => `Team ${name} is saved`,
    forget: ['teams', 'teams/matches', 'members', 'me'],
    after: () => {
      if (isNew || name.trim() !== team.name) router.push(teamPath({ name: name.trim() }))
    },
  })
  const broken = rules.some((rule) => ruleProblem(rule) !== null)
  return (
    <>
      <Card title="Definition">
        <form
          aria-label="Team"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (!busy) change(undefined)
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
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <RuleRows rules={rules} clusters={known.clusters} onChange={setRules} />
          <div className="rounded-md border border-line bg-canvas px-3 py-2">
            <MatchesNow rules={readable} team={isNew ? '' : team.name} />
          </div>
          <div className="flex flex-col gap-4 sm:flex-row">
            <GroupsField
              label="Groups that see"
              hint="One a line, as the login provider tells them."
              value={viewers}
              onChange={setViewers}
              known={known.knownGroups}
            />
            <GroupsField
              label="Groups that change policies"
              hint="They see as well."
              value={editors}
              onChange={setEditors}
              known={known.knownGroups}
            />
          </div>
          {problem !== null && <p role="alert">{problem}</p>}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" disabled={busy || broken || name.trim() === ''}>
              {isNew ? 'Make team' : 'Save'}
            </Button>
            <Button onClick={() => router.push('/settings/teams')}>Cancel</Button>
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
