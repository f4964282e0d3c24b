import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { evaluateCommand } from './evaluate'
import { suggestCommand, type SuggestCommandOptions } from './suggest'
import { folderOf, run, shop } from './testing'

const bare = { 'workloads.yaml': shop['app/workloads.yaml'] }
const folder = folderOf(bare)
const flows = [
  '{"from":{"pod":"shop/web-1"},"to":{"pod":"shop/db"},"port":5432,"count":2,"first":"2026-11-20T10:00:00Z","last":"2026-11-21T10:00:00Z"}',
  '{"from":{"pod":"shop/web-1"},"to":{"pod":"shop/db"},"port":5432,"count":3,"first":"2026-11-22T10:00:00Z"}',
  '{"from":{"pod":"shop/web"},"to":{"ip":"192.0.2.7"},"port":443,"dns":"api.example.com"}',
].join('\n')
const more = [
  '{"from":{"pod":"shop/gone"},"to":{"pod":"shop/db"},"port":80}',
  '{"from":{"pod":"shop/web"},"to":{"pod":"shop/db"},"port":22,"verdict":"DENIED"}',
  '{"from":{"pod":"shop/db"},"to":{"pod":"shop/web"},"port":40000,"reply":true}',
].join('\n')
const suggest = (input: string, options: Partial<SuggestCommandOptions> = {}) =>
  run(
    (terminal) =>
      suggestCommand({ file: [folder], flows: '-', per: 'workload', format: 'networkpolicy', ...options }, terminal),
    input,
  )
const kinds = (yaml: string) =>
  parseAllDocuments(yaml).map((one) => `${one.get('kind')} ${one.getIn(['metadata', 'name'])}`)

test('suggestions are YAML with what was seen as comments', async () => {
  const { out, err, code } = await suggest(flows)
  expect(code).toBe(0)
  expect(kinds(out)).toEqual(['NetworkPolicy db-traffic', 'NetworkPolicy web-traffic'])
  expect(out).toContain(
    '# ingress from shop/web[Deployment] on TCP 5432: 5 connections on at least 3 days, 2026-11-20T10:00:00Z to 2026-11-22T10:00:00Z\n',
  )
  expect(out).toMatch(/# egress to 192\.0\.2\.7\/32 \(api\.example\.com\) on TCP 443: 1 connection\n/)
  expect(err).toBe('2 policies suggested.\n')
})

test('applied to their own flows they allow them', async () => {
  const { out } = await suggest(flows)
  const applied = folderOf({ ...bare, 'suggested.yaml': out })
  const { out: answers } = await run((terminal) => evaluateCommand({ file: [applied], flows: '-' }, terminal), flows)
  expect(
    answers
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).verdict),
  ).toEqual(['allowed', 'allowed', 'allowed'])
})

test('a workload, a namespace and a format can be asked for', async () => {
  expect(kinds((await suggest(flows, { for: 'shop/web-1' })).out)).toEqual(['NetworkPolicy web-traffic'])
  expect((await suggest(flows, { namespace: 'other' })).err).toMatch(/^Nothing to suggest\.\n/)
  const cilium = await suggest(flows, { format: 'cilium', for: 'shop/web' })
  expect(cilium.out).toContain('matchName: api.example.com')
  expect((await suggest(flows, { for: 'shop/none' })).thrown).toBe('--for: there is no pod or workload shop/none')
})

test('what no rule is made of is told, and times that nobody told are not made up', async () => {
  const untimed = '{"from":{"pod":"shop/web"},"to":{"pod":"shop/db"},"port":5432}'
  const { out, err } = await suggest(`${untimed}\n${more}`)
  expect(out).not.toMatch(/days|1970|port: (?:80|22|40000)\b/)
  expect(err).toMatch(/connections that have an end that no source told \(1\)/)
  expect(err).toMatch(/connections that were dropped.* \(1\)/)
  expect(err).toMatch(/connections that go back to who opened the connection \(1\)/)
})

test('a bad line is refused before anything is printed', async () => {
  const bad = join(
    folderOf({ 'flows.jsonl': `${flows}\n{"from":{"pod":"web"},"to":{"pod":"shop/db"}}` }),
    'flows.jsonl',
  )
  expect(await suggest('', { flows: bad })).toMatchObject({
    out: '',
    thrown: `${bad}, line 4: from: web is not namespace/name`,
  })
  const noTime = flows.replace('2026-11-20T10:00:00Z', 'yesterday')
  expect((await suggest(noTime)).thrown).toBe(
    'standard input, line 1: first must be a time such as 2026-01-31T12:00:00Z',
  )
})
