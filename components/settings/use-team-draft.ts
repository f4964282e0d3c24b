'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { TeamItem } from '@/core/access/settings-teams'
import { sendJson } from '../api'
import { groupsOf } from './groups-field'
import { draftOf, type RuleDraft, ruleOf } from './rule-rows'
import { teamPath } from './team-path'
import { useChange } from './use-change'

type Typed = {
  readonly name: string
  readonly rules: readonly RuleDraft[]
  readonly viewers: string
  readonly editors: string
}
type Written = { readonly name: string; readonly version: number }

const typedOf = ({ name, rules, viewers, editors }: TeamItem): Typed => ({
  name,
  rules: rules.map(draftOf),
  viewers: viewers.join('\n'),
  editors: editors.join('\n'),
})

const contentOf = ({ name, rules, viewers, editors }: Typed) => ({
  name,
  namespaces: rules.filter(({ text }) => text.trim() !== '').map(ruleOf),
  viewers: groupsOf(viewers),
  editors: groupsOf(editors),
})

/** What is typed of a team, against the version that it began with: what somebody else saved meanwhile takes nothing of it away. */
export function useTeamDraft(team: TeamItem) {
  const router = useRouter()
  const [typed, setTyped] = useState(() => typedOf(team))
  const [version, setVersion] = useState(team.version)
  const [known, setKnown] = useState(() => JSON.stringify(contentOf(typedOf(team))))
  const [hasSaved, setHasSaved] = useState(false)
  const content = contentOf(typed)
  const text = JSON.stringify(content)
  const isEdited = text !== known
  const { change, busy, problem, reset } = useChange({
    run: () =>
      team.id === null
        ? sendJson<Written>('POST', 'teams', content)
        : sendJson<Written>('PUT', `teams/${team.id}`, { ...content, version }),
    done: (written) => `Team ${written.name} is saved`,
    forget: ['teams', 'teams/matches', 'members', 'me'],
    after: (written) => {
      setVersion(written.version)
      setKnown(text)
      setHasSaved(true)
      if (team.id === null) router.replace(teamPath({ name: written.name }))
    },
  })
  useEffect(() => {
    if (!isEdited) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isEdited])
  return {
    typed,
    type: (part: Partial<Typed>) => setTyped({ ...typed, ...part }),
    save: () => change(undefined),
    busy,
    problem,
    isSaved: hasSaved && !isEdited,
    /** Somebody else saved it since this was begun. While one's own save is under way its version is newer as well. */
    isBehind: team.id !== null && team.version > version && !busy,
    takeTheirs: () => {
      const theirs = typedOf(team)
      setTyped(theirs)
      setKnown(JSON.stringify(contentOf(theirs)))
      setVersion(team.version)
      reset()
    },
    /** What is typed replaces what they saved. */
    keepMine: () => {
      setVersion(team.version)
      reset()
    },
  }
}
