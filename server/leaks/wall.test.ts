import { beforeAll, describe, expect, it } from 'vitest'
import { everything, type Scope } from '@/core/scope'
import { endpointKey } from '@/core/endpoint'
import { AppError } from '@/server/errors'
import { parseParams } from '@/server/params'
import { streams, views } from '@/server/views/all'
import { policyChangesExportStream } from '@/server/views/policy-changes-export'
import { flowExportStream } from '@/server/views/flow-export'
import type { AnyView } from '@/server/view'
import { askerWith } from '@/server/testing-asker'
import { viewDatabase } from '@/server/views/testing'
import { withScope } from '@/server/wall'
import { writeTeams } from './testing-objects'
import { flowOf, marks, now, otherTeam, scopes, type Team, teams, workload } from './testing-teams'

const db = viewDatabase()
const window = { from: String(now - 900_000), to: String(now) }

beforeAll(() => writeTeams(db))

/** What a team may ask of each view, by the names of parameters. */
function questions(team: Team, view: AnyView): readonly Record<string, string>[] {
  const [web, pay] = ['web', 'pay'].map((name) => endpointKey(workload(team, name)))
  const known: Record<string, string> = {
    ...window,
    cluster: ['policyPermission', 'policyObject'].includes(view.name) ? 'demo' : '',
    ref: `networking.k8s.io/NetworkPolicy/${team}-shop/${team}-deny`,
    change: team === 'amber' ? '1' : '2',
    ids: [web, pay].join(','),
    id: view.name === 'flow' ? flowOf(team, 0) : team === 'amber' ? '1' : '2',
    field: 'ns,from,to,op,reason,team,app,source',
    rules: JSON.stringify([{ cluster: null, name: '*' }]),
    ask: `patch/networking.k8s.io/networkpolicies/${team}-shop/`,
    token: 'none',
  }
  const names = 'shape' in view.params ? Object.keys(view.params.shape as object) : []
  const asked = Object.fromEntries(names.flatMap((name) => (known[name] ? [[name, known[name]]] : [])))
  if (view.name === 'flow') return [0, 1, 3, 4, 7, 8, 9, 10].map((n) => ({ id: flowOf(team, n) }))
  if (!names.includes('sel')) return [asked]
  return [web, pay, `${web}|${pay}|8080|tcp`].map((sel) => ({ ...asked, sel: sel ?? '' }))
}

/** What a view answers to who asks for a scope behind a wall; '' where it answers nothing. */
async function answer(
  view: AnyView,
  question: Record<string, string>,
  { wall, scope }: Record<'wall' | 'scope', Scope>,
): Promise<string> {
  try {
    return await view.open(async (each) => {
      const settled = await each.settle(parseParams(each.params, new URLSearchParams(question)))
      const loaded = await withScope(wall, () => each.load(settled, scope))
      return JSON.stringify(each.render(loaded, settled))
    })
  } catch (thrown) {
    if (thrown instanceof AppError || String(thrown).includes('permission denied for table')) return ''
    throw thrown
  }
}

function expectNothingOf(team: Team, text: string, where: string): void {
  for (const mark of marks[team]) {
    const at = text.indexOf(mark)
    expect(at < 0 ? '' : `${where}: …${text.slice(Math.max(0, at - 160), at + 80)}…`).toBe('')
  }
}

/** They tell nothing of namespaces: numbers, and what belongs to people. */
const wordless = new Set([
  'encryptionFigure',
  'encryptionTrend',
  'heat',
  'series',
  'timeline',
  'link',
  'links',
  'savedViews',
  'policyDraft',
  'policyDrafts',
])

describe.each(teams)('without the first wall nothing of another team is told to %s', (team) => {
  it.each(views.flatMap(({ name, personal }) => (personal ? [] : [name])))('by %s', async (name) => {
    const view = views.find((one) => one.name === name)
    if (!view) throw new Error(`no view ${name}`)
    let own = ''
    for (const question of questions(team, view)) {
      const text = await answer(view, question, { wall: scopes[team], scope: everything })
      expectNothingOf(otherTeam(team), text, `${name} ${JSON.stringify(question)}`)
      own += text
    }
    if (!wordless.has(name)) expect(own, 'an empty answer tells nothing').toContain(team)
  })

  it.each(views.flatMap(({ name, personal }) => (personal ? [] : [name])))(
    'and no less of itself by %s',
    async (name) => {
      const view = views.find((one) => one.name === name)
      if (!view) throw new Error(`no view ${name}`)
      for (const question of questions(team, view)) {
        const two = await answer(view, question, { wall: scopes[team], scope: scopes[team] })
        const one = await answer(view, question, { wall: everything, scope: scopes[team] })
        expect(two, JSON.stringify(question)).toBe(one)
      }
    },
  )

  it('by files that are written while they are read', async () => {
    const walled = streams.filter(({ personal }) => !personal).map(({ name }) => name)
    expect(walled).toEqual(['flowExport', 'policyChangesExport'])
    const { signal } = new AbortController()
    const flows = parseParams(flowExportStream.params, new URLSearchParams({ ...window, format: 'jsonl' }))
    const changes = parseParams(policyChangesExportStream.params, new URLSearchParams())
    for (const write of [
      () => flowExportStream.write(flows, everything, signal, askerWith()),
      () => policyChangesExportStream.write(changes, everything, signal, askerWith()),
    ]) {
      const text = await (await withScope(scopes[team], write)).text()
      expect(text).toContain(team)
      expectNothingOf(otherTeam(team), text, 'a stream')
    }
  })
})
