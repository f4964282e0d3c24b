import { beforeAll, describe, expect, it } from 'vitest'
import { endpointKey } from '@/core/endpoint'
import { route, streamRoute } from '@/server/http'
import type { AnyView } from '@/server/view'
import { auditExportStream } from '@/server/views/audit-export'
import { flowExportStream } from '@/server/views/flow-export'
import { policyChangesExportStream } from '@/server/views/policy-changes-export'
import { streams, views } from '@/server/views/all'
import { get, viewDatabase } from '@/server/views/testing'
import { admits } from '@/server/testing-asker'
import { accounts, flowOf, marks, now, otherTeam, scopes, type Team, teams, workload } from './testing-teams'
import { writeTeams } from './testing-objects'

const db = viewDatabase()
const window = `from=${now - 900_000}&to=${now}`

beforeAll(() => writeTeams(db))

const admitted = (team: Team) => admits(scopes[team], { teams: [team] }, accounts[team])

const key = (team: string, name: string) => endpointKey(workload(team as Team, name))
const web = (team: string) => `sel=${encodeURIComponent(key(team, 'web'))}`
const pay = (team: string) => `sel=${encodeURIComponent(key(team, 'pay'))}`
const edge = (team: string) => `sel=${encodeURIComponent(`${key(team, 'web')}|${key(team, 'pay')}|8080|tcp`)}`
const policy = (team: string) => encodeURIComponent(`networking.k8s.io/NetworkPolicy/${team}-shop/${team}-deny`)
const wide = (team: string) => encodeURIComponent(`cilium.io/CiliumClusterwideNetworkPolicy//${team}-wide`)
const rules = (name: string) => `rules=${encodeURIComponent(JSON.stringify([{ cluster: null, name }]))}`
const numberOf = (team: string): number => ({ amber: 1, birch: 2 })[team] ?? 9_999

/** What each view is asked about a team, as query or as `{variable} query`; `windowed` queries get the window. */
const questions: Readonly<Record<string, readonly ((team: string) => string)[]>> = {
  audit: [() => '', (team) => `find=${team}`, (team) => `cluster=${team}-east`],
  auditEntry: [(team) => `{id}=p${numberOf(team)}`],
  clusters: [() => window],
  compare: [() => `${window}&level=service`, (team) => `${window}&focus=${encodeURIComponent(key(team, 'web'))}`],
  encryption: [() => window, (team) => `${window}&unit=requests&q=ns:${team}-shop`],
  encryptionEdge: [(team) => `${window}&${edge(team)}`],
  encryptionExceptions: [() => ''],
  encryptionFigure: [() => `${window}&unit=requests`, (team) => `${window}&of=group:demo/${team}-shop`],
  encryptionReadiness: [() => window],
  encryptionTrend: [() => window],
  findings: [() => window, (team) => `${window}&cluster=${team}-east`],
  flowDenials: [() => window, (team) => `${window}&${web(team)}`, (team) => `${window}&q=reason:*${team}*`],
  flowFacets: [() => window, (team) => `${window}&q=${team}`],
  flowNames: [() => window, (team) => `${window}&${web(team)}`],
  flow: [0, 1, 3, 4, 7, 8, 9, 10].map((n) => (team: string) => `{id}=${flowOf(team as Team, n)}`),
  flows: [
    () => window,
    (team) => `${window}&${web(team)}`,
    (team) => `${window}&q=${team}`,
    (team) => `${window}&q=op:*${team}*`,
    (team) => `${window}&q=reason:*${team}*`,
    (team) => `${window}&before=${flowOf(team as Team, 1)}`,
  ],
  links: [() => ''],
  policyDraft: [(team) => `{id}=${numberOf(team)}`],
  policyDrafts: [() => ''],
  savedViews: [() => ''],
  heat: [(team) => `${window}&${pay(team)}`],
  map: [
    () => window,
    () => `${window}&level=namespace`,
    () => `${window}&level=service&nodes=1`,
    (team) => `${window}&q=ns:${team}-shop`,
    (team) => `${window}&q=op:*${team}*`,
    (team) => `${window}&focus=${encodeURIComponent(key(team, 'web'))}&hops=all`,
    (team) => `${window}&cluster=${team}-east`,
  ],
  marks: [() => window, (team) => `${window}&${web(team)}`, (team) => `${window}&q=ns:${team}-shop`],
  operations: [
    (team) => `${window}&${pay(team)}`,
    (team) => `${window}&${web(team)}&dir=out`,
    (team) => `${window}&${pay(team)}&dir=out`,
    (team) => `${window}&sel=${encodeURIComponent(key(team, 'dns'))}`,
    (team) => `${window}&${edge(team)}`,
  ],
  pods: [(team) => `${window}&${web(team)}`, (team) => `${window}&${pay(team)}`],
  policies: [() => window, () => `${window}&cluster=demo`, (team) => `${window}&cluster=${team}-east`],
  policyChange: [(team) => `{id}=${numberOf(team)}`],
  policyChanges: [() => '', (team) => `ref=${policy(team)}`, () => 'plan=1'],
  policyConfirmation: [(team) => `change=${numberOf(team)}`],
  policyDecision: [
    (team) => `${window}&${edge(team)}`,
    (team) => `${window}&${web(team)}`,
    (team) => `flow=${flowOf(team as Team, 0)}`,
    (team) => `flow=${flowOf(team as Team, 9)}`,
  ],
  policyGround: [() => window, (team) => `${window}&cluster=${team}-east`],
  policyLens: [() => window, () => `${window}&level=namespace`],
  policyObject: [
    (team) => `${window}&cluster=demo&ref=${policy(team)}`,
    (team) => `${window}&cluster=demo&ref=${wide(team)}`,
  ],
  policyPermission: [(team) => `cluster=demo&ask=patch/networking.k8s.io/networkpolicies/${team}-shop/`],
  search: [() => window, (team) => `${window}&text=${team}`],
  series: [() => window, (team) => `${window}&${web(team)}`],
  service: [(team) => `${window}&${web(team)}`, (team) => `${window}&${pay(team)}`],
  me: [() => ''],
  members: [() => ''],
  sessions: [() => ''],
  tokens: [() => ''],
  teams: [() => ''],
  teamMatches: [() => rules('*'), (team) => rules(`${team}-*`), (team) => `${rules('x')}&team=${team}-team`],
  teamSight: [() => `${window}&${rules('*')}`, (team) => `${window}&${rules(`${team}-*`)}`],
  services: [() => window, () => `${window}&gone=1&vs=previous`],
  serviceCharts: [(team) => `${window}&ids=${encodeURIComponent([key(team, 'web'), key(team, 'pay')].join(','))}`],
  setup: [() => ''],
  sources: [() => ''],
  timeline: [() => window],
  traces: [(team) => `${window}&${pay(team)}`],
  values: [
    () => `${window}&field=ns,from,to,op,reason,team,app,source`,
    (team) => `${window}&field=ns,from,to,op,reason,team,app,source&text=${team}`,
  ],
  why: [(team) => `${window}&${web(team)}`, (team) => `${window}&${pay(team)}`],
}

/** Views that answer in numbers alone. */
const wordless = new Set([
  'series',
  'timeline',
  'heat',
  'encryptionTrend',
  'setup',
  'policyPermission',
  // Of who asks, who is of neither team and no administrator.
  'me',
  'members',
  'sessions',
  'tokens',
])

async function ask(
  view: AnyView,
  text: string,
  team: Team,
): Promise<{ readonly status: number; readonly body: string }> {
  const [, name, value, query] = /^(?:\{(\w+)\}=([^&]*)&?)?(.*)$/.exec(text) ?? []
  const context = { params: Promise.resolve(name ? { [name]: value } : {}) }
  const request = get(`${view.path}?${query}`)
  const response = await view.open((each) => route(each, admitted(team))(request, context))
  const body = await response.text()
  return { status: response.status, body: body.replace(/"requestId":"[^"]*"/, '') }
}

/** What the question itself names is no secret. */
function withoutEcho(body: string, question: string): string {
  const said = [...question.matchAll(/=([^&]*)/g)].map(([, value = '']) => decodeURIComponent(value))
  const parts = [...said, ...said.flatMap((text) => text.split(/[|/*]|(?<=[a-z]):/))].filter((part) => part.length > 3)
  return parts.toSorted((a, b) => b.length - a.length).reduce((text, part) => text.replaceAll(part, '…'), body)
}

export function expectNothingOf(team: Team, body: string, where: string): void {
  for (const mark of marks[team]) {
    const at = body.indexOf(mark)
    const found = at < 0 ? '' : `${where}: …${body.slice(Math.max(0, at - 120), at + 80)}…`
    expect(found).toBe('')
  }
}

describe.each(teams)('nothing of another team is told to %s', (team) => {
  const other = otherTeam(team)

  it('knows a question of every view', () => {
    // Who has the token of a link has what it leads to.
    expect(views.map(({ name }) => name).filter((name) => name !== 'link' && !questions[name])).toEqual([])
  })

  it.each(Object.keys(questions))('by %s', async (name) => {
    const view = views.find((one) => one.name === name)
    if (!view) throw new Error(`no view ${name}`)
    let own = ''
    for (const question of questions[name] ?? []) {
      const mine = await ask(view, question(team), team)
      expect(mine.status, `${question(team)} ${mine.body}`).toBeLessThan(500)
      expectNothingOf(other, withoutEcho(mine.body, question(team)), `${name}?${question(team)}`)
      own += mine.body
      if (question(team) === question(other)) continue
      const theirs = await ask(view, question(other), team)
      expect(theirs.status, theirs.body).toBeLessThan(500)
      expectNothingOf(other, withoutEcho(theirs.body, question(other)), `${name}?${question(other)}`)
      // What is another's looks like what never was.
      if (name === 'flow' || question(other).includes('flow=') || question(other).includes('before=')) continue
      const none = await ask(view, question('cedar'), team)
      expect(theirs.status, `${name}?${question(other)}`).toBe(none.status)
      expect(withoutEcho(theirs.body, question(other))).toBe(withoutEcho(none.body, question('cedar')))
    }
    if (!wordless.has(name)) expect(own, 'an empty answer tells nothing').toContain(team)
  })

  it('by files that are written while they are read', async () => {
    expect(streams.map(({ name }) => name)).toEqual(['auditExport', 'flowExport', 'policyChangesExport'])
    for (const format of ['csv', 'jsonl']) {
      const request = get(`flows/export?${window}&format=${format}`)
      const text = await (await streamRoute(flowExportStream, admitted(team))(request)).text()
      expect(text).toContain(team)
      expectNothingOf(other, text, 'flows/export')
    }
    for (const format of ['csv', 'jsonl']) {
      const text = await (
        await streamRoute(auditExportStream, admitted(team))(get(`audit/export?format=${format}`))
      ).text()
      expect(text).toContain(team)
      expectNothingOf(other, text, 'audit/export')
    }
    const request = get('policies/changes/export')
    const text = await (await streamRoute(policyChangesExportStream, admitted(team))(request)).text()
    expect(text).toContain(team)
    expectNothingOf(other, text, 'policies/changes/export')
  })

  it('by recordings, whose numbers can be guessed', async () => {
    for (const view of views) {
      if (!('recording' in shapeOf(view))) continue
      const text = /sel/.test(JSON.stringify(Object.keys(shapeOf(view)))) ? `&${edge(other)}` : ''
      for (const id of [1, 2]) {
        const { body } = await ask(view, `recording=${id}${text}`, team)
        expectNothingOf(other, withoutEcho(body, text), `${view.name}?recording=${id}`)
      }
    }
  })
})

const shapeOf = (view: AnyView): object => ('shape' in view.params ? (view.params.shape as object) : {})
