import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectionsCommand } from './connections'
import { diffCommand } from './diff'
import { evaluateCommand } from './evaluate'
import { explainCommand } from './explain'
import { folderOf, run, services, shop } from './testing'

const folder = folderOf(shop)
const file = [folder]
const closed = folderOf({
  ...shop,
  'policies/db.yml': shop['policies/db.yml'].replace(/ {4}- from: \[{ ipBlock.*\n/, ''),
})

test('connections lists pairs with their ports, as text, JSON and CSV', async () => {
  const json = await run((terminal) => connectionsCommand({ file, output: 'json' }, terminal))
  expect(json).toMatchObject({ code: 0, err: '' })
  const everywhere = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']
  expect(JSON.parse(json.out)).toEqual([
    { from: 'shop/db[Pod]', to: 'shop/db[Pod]', connections: 'all' },
    { from: 'shop/db[Pod]', to: 'shop/web[Deployment]', connections: 'all' },
    ...everywhere.map((to) => ({ from: 'shop/db[Pod]', to, connections: 'all' })),
    { from: 'shop/web[Deployment]', to: 'shop/db[Pod]', connections: { TCP: ['5432'] } },
    { from: 'shop/web[Deployment]', to: 'shop/web[Deployment]', connections: 'all' },
    ...everywhere.map((to) => ({ from: 'shop/web[Deployment]', to, connections: 'all' })),
    { from: '192.0.2.0-192.0.2.255', to: 'shop/db[Pod]', connections: 'all' },
    ...everywhere.map((from) => ({ from, to: 'shop/web[Deployment]', connections: 'all' })),
  ])
  const text = await run((terminal) => connectionsCommand({ file, output: 'txt' }, terminal))
  expect(text.out.split('\n')[4]).toMatch(/^shop\/web\[Deployment\] {2,}=> {2}shop\/db\[Pod\] {2,}TCP 5432$/)
  const csv = await run((terminal) => connectionsCommand({ file, output: 'csv' }, terminal))
  expect(csv.out.split('\r\n').slice(0, 2)).toEqual(['from,to,connections,open', 'shop/db[Pod],shop/db[Pod],all,'])
})

test('options say how policies are judged, and what is open is told apart', async () => {
  const host = {
    'host.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'agent', namespace: 'shop', labels: { app: 'web' } },
      spec: { hostNetwork: true, containers: [] },
      status: { podIP: '10.9.0.1' },
    }),
  }
  const withHost = [folderOf({ ...shop, ...host })]
  const fromAgent = async (profile: 'generic' | 'calico') => {
    const { out } = await run((terminal) => connectionsCommand({ file: withHost, output: 'csv', profile }, terminal))
    return out.split('\r\n').filter((line) => line.startsWith('shop/agent[Pod],shop/db'))
  }
  expect(await fromAgent('generic')).toEqual(['shop/agent[Pod],shop/db[Pod],,TCP 5432'])
  expect(await fromAgent('calico')).toEqual([])
  const self = await run((terminal) => connectionsCommand({ file, output: 'csv', loopback: 'policy' }, terminal))
  expect(self.out).not.toContain('shop/db[Pod],shop/db[Pod]')
})

test('evaluate answers each line in order, with what decides', async () => {
  const flows = [
    '{"from":{"pod":"shop/web-1"},"to":{"ip":"10.0.0.2"},"protocol":"tcp","port":"sql"}',
    '',
    '{"from":{"pod":"shop/web"},"to":{"pod":"shop/db"},"protocol":"TCP","port":80,"count":3}',
    '{"from":{"ip":"192.0.2.7"},"to":{"pod":"shop/db"},"protocol":"UDP","port":53}',
  ]
  const { out, code } = await run((terminal) => evaluateCommand({ file, flows: '-' }, terminal), flows.join('\n'))
  const none = { tier: null, policy: null, rule: null }
  const rule = (path: string) => ({ verdict: 'allowed', tier: 'default', policy: 'NetworkPolicy shop/db', rule: path })
  expect(code).toBe(0)
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      verdict: 'allowed',
      egress: { verdict: 'allowed', ...none },
      ingress: rule('spec.ingress[0]'),
      reason: expect.stringMatching(/^NetworkPolicy shop\/db allows ingress .* Nothing restricts the egress/),
    },
    {
      verdict: 'denied',
      egress: { verdict: 'allowed', ...none },
      ingress: { verdict: 'denied', ...none, tier: 'default' },
      reason: expect.stringMatching(/no rule of it allows TCP 80 from shop\/web\.$/),
    },
    {
      verdict: 'allowed',
      egress: { verdict: 'allowed', ...none },
      ingress: rule('spec.ingress[1]'),
      reason: expect.any(String),
    },
  ])
})

test('a flow to a Service, by name or address, is judged where it leads', async () => {
  const withServices = [folderOf({ ...shop, 'services.json': services })]
  const flows = ['{"service":"shop/sql"}', '{"ip":"10.96.0.1"}', '{"service":"shop/none"}']
    .map((to) => `{"from":{"pod":"shop/web"},"to":${to},"port":80}`)
    .join('\n')
  const { out } = await run((terminal) => evaluateCommand({ file: withServices, flows: '-' }, terminal), flows)
  const answers = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.map(({ verdict, ingress }) => [verdict, ingress.rule])).toEqual([
    ['allowed', 'spec.ingress[0]'],
    ['allowed', 'spec.ingress[0]'],
    ['undefined', null],
  ])
  expect(answers[0].reason).toMatch(/^It leads to shop\/db\[Pod\] TCP 5432\. NetworkPolicy shop\/db allows/)
  expect(answers[2].reason).toBe('Nothing is known to be behind Service shop/none.')
  const ends = { file: withServices, from: 'shop/web', output: 'txt' as const }
  const told = await run((terminal) => explainCommand({ ...ends, to: 'shop/sql' }, terminal))
  expect(told.out).toMatch(/=> shop\/sql\[Service\]\n\nshop\/db\[Pod\] TCP 5432: allowed\n/)
  const empty = await run((terminal) => explainCommand({ ...ends, to: '10.96.0.2', port: 80 }, terminal))
  expect(empty.out).toMatch(/\n\nNot sure: nothing is known to be behind Service shop\/none\n$/)
  const back = await run((terminal) => explainCommand({ ...ends, from: 'shop/sql', to: 'shop/web' }, terminal))
  expect(back.thrown).toBe('--from: shop/sql is a Service, which opens no connections')
})

const good = '{"from":{"pod":"shop/web"},"to":{"pod":"shop/db"},"protocol":"TCP","port":80}'
test.each([
  ['{"from"', 'is no JSON'],
  ['[]', /expected object/],
  [good.replace('TCP', 'TPC'), 'protocol must be one of TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite, other'],
  [good.replace('80', '0'), 'port must be a number from 1 to 65535, without quotes, or a name'],
  [good.replace('80', '"80"'), 'port must be a number from 1 to 65535, without quotes, or a name'],
  [good.replace('"port"', '"prot"'), /prot/],
  [good.replace('shop/db', 'shop/dbs'), 'to: there is no pod or workload shop/dbs'],
  [good.replace('{"pod":"shop/web"}', '"shop/web"'), /^from must be \{"pod"/],
  [good.replace('"pod":"shop/web"', '"ip":"10.0.0"'), 'from: 10.0.0 is no address'],
])('evaluate refuses the line %s and answers those before it', async (line, reason) => {
  const flows = join(folderOf({ 'flows.jsonl': `${good}\n\n${line}\n${good}\n` }), 'flows.jsonl')
  const { out, thrown } = await run((terminal) => evaluateCommand({ file, flows }, terminal))
  const [before, after] = thrown.split(', line 3: ')
  expect(before).toBe(flows)
  if (typeof reason === 'string') expect(after).toBe(reason)
  else expect(after).toMatch(reason)
  expect(out.split('\n')).toHaveLength(2)
})

test('diff says what is newly allowed and denied, and its exit code when that is asked for', async () => {
  const json = await run((terminal) => diffCommand(closed, folder, { output: 'json' }, terminal))
  expect(json.code).toBe(0)
  expect(JSON.parse(json.out)).toEqual([{ from: '192.0.2.0-192.0.2.255', to: 'shop/db[Pod]', newlyAllowed: 'all' }])
  const text = await run((terminal) => diffCommand(folder, closed, { output: 'txt', exitCode: true }, terminal))
  expect(text).toMatchObject({
    code: 1,
    out: 'Newly denied\n  192.0.2.0-192.0.2.255  =>  shop/db[Pod]  all\n',
  })
  const csv = await run((terminal) => diffCommand(closed, folder, { output: 'csv' }, terminal))
  expect(csv.out.split('\r\n')[1]).toBe('newlyAllowed,192.0.2.0-192.0.2.255,shop/db[Pod],all,,')
  const same = await run((terminal) => diffCommand(folder, folder, { output: 'txt', exitCode: true }, terminal))
  expect(same).toMatchObject({ code: 0, out: 'The same connections are possible.\n' })
})

test('diff tells what is left open apart from what is allowed', async () => {
  const bare = {
    'bare.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: bare, namespace: shop}\nspec: {containers: []}\n',
  }
  const { 'policies/db.yml': opening, ...rest } = shop
  const before = folderOf({ ...rest, ...bare, 'db.yml': opening.replace(/ {4}- from: \[{ ipBlock.*\n/, '') })
  const after = folderOf({ ...shop, ...bare })
  const json = await run((terminal) => diffCommand(before, after, { output: 'json' }, terminal))
  expect(JSON.parse(json.out)).toEqual([
    { from: 'shop/bare[Pod]', to: 'shop/db[Pod]', leftOpen: 'all' },
    { from: '192.0.2.0-192.0.2.255', to: 'shop/db[Pod]', newlyAllowed: 'all' },
  ])
  const back = await run((terminal) => diffCommand(after, before, { output: 'csv' }, terminal))
  expect(back.out).toContain('newlyDenied,shop/bare[Pod],shop/db[Pod],all,,')
})

test('diff marks workloads that come and go', async () => {
  const more = folderOf({
    ...shop,
    'b.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: shop}\nspec: {containers: []}\n',
  })
  const { out } = await run((terminal) => diffCommand(folder, more, { output: 'json' }, terminal))
  expect(JSON.parse(out)[0]).toEqual({
    from: 'shop/b[Pod]',
    to: 'shop/b[Pod]',
    newlyAllowed: 'all',
    fromOnlyIn: 'new',
    toOnlyIn: 'new',
  })
  const gone = await run((terminal) => diffCommand(more, folder, { output: 'txt' }, terminal))
  expect(gone.out).toMatch(/^Newly denied\n {2}shop\/b\[Pod\] \(gone\) +=> {2}shop\/b\[Pod\] \(gone\)/)
})

test('explain tells who decides on a port, or on all ports', async () => {
  const ends = { file, from: 'shop/web', to: 'shop/db[Pod]', output: 'txt' as const }
  const one = await run((terminal) => explainCommand({ ...ends, port: 'sql' }, terminal))
  expect(one.out).toMatch(
    /^shop\/web\[Deployment\] => shop\/db\[Pod\]\n\nTCP sql: allowed\n {2}NetworkPolicy shop\/db allows/,
  )
  const all = await run((terminal) => explainCommand({ ...ends, output: 'json' }, terminal))
  expect(JSON.parse(all.out)).toMatchObject({
    from: 'shop/web[Deployment]',
    to: 'shop/db[Pod]',
    answers: [
      { ports: { TCP: ['5432'] }, verdict: 'allowed' },
      { ports: { TCP: ['1-5431', '5433-65535'], UDP: ['1-65535'] }, verdict: 'denied' },
    ],
  })
  const outside = await run((terminal) => explainCommand({ ...ends, from: 'internet', protocol: 'ICMP' }, terminal))
  expect(outside.out).toMatch(/^11\.0\.0\.0 => shop\/db\[Pod\]\n\nICMP: undefined/)
  const wrong = await run((terminal) => explainCommand({ ...ends, to: 'shop/dbs' }, terminal))
  expect(wrong).toMatchObject({ out: '', thrown: '--to: there is no pod or workload shop/dbs' })
})

test('bad manifests are refused with every place, and nothing is printed', async () => {
  const bad = folderOf({
    'a.yaml': `${shop['policies/db.yml'].replace('port: sql', 'port: 0')}---\nkind: Pod\n`,
    'b.yaml': Array(30).fill('apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {}\n').join('---\n'),
    'c.yaml': 'a: [',
  })
  const { out, thrown } = await run((terminal) => connectionsCommand({ file: [bad], output: 'txt' }, terminal))
  const lines = thrown.split('\n').map((line) => line.replace(`${bad}/`, ''))
  expect(out).toBe('')
  expect(lines.slice(0, 4)).toEqual(
    [
      expect.stringMatching(/^c\.yaml, document 1: /),
      'a.yaml, document 1, spec.ingress[0].ports[0].port: must be between 1 and 65535',
      'a.yaml, document 2, apiVersion: is required',
      'b.yaml, document 2: is there already, in b.yaml, document 1',
    ].map((line) => (typeof line === 'string' ? line.replace('in b.yaml', `in ${bad}/b.yaml`) : line)),
  )
  expect(lines).toHaveLength(21)
  expect(lines.at(-1)).toBe('and 12 more')
})

test('kinds that are not read are told on standard error', async () => {
  const { err, out } = await run(
    (terminal) => connectionsCommand({ file: [folder, '-'], output: 'json' }, terminal),
    'apiVersion: crd.antrea.io/v1beta1\nkind: ClusterNetworkPolicy\nmetadata: {name: "a\\u001b[31m"}',
  )
  expect(err).toBe('Passed over kinds that are not read: ClusterNetworkPolicy of crd.antrea.io/v1beta1 (1)\n')
  expect(JSON.parse(out)).toHaveLength(11)
})

test('fields that are not known, and that there is nobody to judge, are told on standard error', async () => {
  const { code, err } = await run(
    (terminal) => connectionsCommand({ file: ['-'], output: 'txt' }, terminal),
    shop['policies/db.yml'].replace('- from', '- frm'),
  )
  expect(code).toBe(0)
  expect(err.split('\n')).toEqual([
    'standard input, document 1, spec.ingress[0].frm: is not known here; is it misspelt?',
    'There are no pods, and nothing that makes pods.',
    '',
  ])
})
