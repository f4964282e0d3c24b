import { afterEach, describe, expect, it } from 'vitest'
import {
  type Answer,
  breaking,
  ending,
  type FaultServer,
  holding,
  listOf,
  object,
  silent,
  startFaultServer,
  status,
} from './testing-faults'
import { watchResource } from './watch'
import { type WatchEvent, watchTiming } from './watch-event'

const timing = { ...watchTiming, backoff: { firstMs: 1, maxMs: 5 }, idleMs: 150, deniedMs: 5, absentMs: 5 }
const pods = { group: '', version: 'v1', plural: 'pods' }
const parse = (value: unknown) => (value as { metadata?: { name?: string } }).metadata?.name ?? null

let server: FaultServer | undefined
afterEach(() => server?.stop())

const short = (event: WatchEvent<string>): string => {
  switch (event.type) {
    case 'reset':
      return `reset ${event.objects.join(',')}`
    case 'state':
      return event.state
    case 'malformed':
      return `malformed ${event.count}`
    case 'bookmark':
      return 'bookmark'
    default:
      return `${event.type} ${event.object}`
  }
}

/** Reads events until `enough`, then stops; the text of each. */
const read = async (
  enough: (seen: readonly string[], asked: FaultServer['asked']) => boolean,
  answers: Answer[],
  more: object = {},
) => {
  server = await startFaultServer(...answers)
  const stop = new AbortController()
  const seen: string[] = []
  const messages: string[] = []
  const options = { resources: [pods] as const, parse, signal: stop.signal, timing, ...more }
  for await (const event of watchResource<string>(server.connection, options)) {
    seen.push(short(event))
    if (event.type === 'state') messages.push(event.message)
    if (enough(seen, server.asked)) stop.abort()
  }
  return { seen, messages, asked: server.asked }
}
const until = (last: string) => (seen: readonly string[]) => seen.at(-1) === last
const added = (name: string, version: string) => ({ type: 'ADDED', object: object(name, version) })
const gone = { type: 'ERROR', object: { code: 410, message: 'too old' } }
const bookmark = (resourceVersion: string) => ({ type: 'BOOKMARK', object: { metadata: { resourceVersion } } })
const versions = (asked: FaultServer['asked']) =>
  asked.filter(({ watch }) => watch).map(({ query }) => query.get('resourceVersion'))

describe('a watch', () => {
  it('lists page by page, then follows', async () => {
    const { seen, asked } = await read(until('deleted b'), [
      listOf(['a'], '5', 'more'),
      listOf(['b'], '5'),
      holding(
        added('c', '6'),
        { type: 'MODIFIED', object: object('c', '7') },
        { type: 'DELETED', object: object('b', '8') },
      ),
    ])
    expect(seen).toEqual(['reset a,b', 'running', 'added c', 'modified c', 'deleted b'])
    expect(
      asked.map(({ query }) => [query.get('limit'), query.get('continue'), query.get('allowWatchBookmarks')]),
    ).toEqual([
      ['500', null, null],
      ['500', 'more', null],
      [null, null, 'true'],
    ])
  })

  it('goes on after a break from the last version that it saw, bookmarks too, without listing again', async () => {
    const { seen, asked } = await read(until('added d'), [
      listOf([], '5'),
      breaking(added('a', '6')),
      ending(added('b', '7'), bookmark('20')),
      ending(added('c', '21')),
      holding(added('d', '22')),
    ])
    expect(seen).toEqual(['reset ', 'running', 'added a', 'added b', 'bookmark', 'added c', 'added d'])
    expect(versions(asked)).toEqual(['5', '6', '20', '21'])
  })

  it.each([
    ['in the stream', holding(gone)],
    ['as the answer', status(410)],
  ])('lists again when its version is too old, said %s', async (_, answer) => {
    const { seen } = await read(until('added c'), [
      listOf(['a'], '5'),
      answer,
      listOf(['b'], '9'),
      holding(added('c', '10')),
    ])
    expect(seen.filter((text) => text !== 'running')).toEqual(['reset a', 'reset b', 'added c'])
  })

  it('begins a list again that expires between two pages, at last in one piece', async () => {
    const { seen, asked } = await read(until('running'), [
      listOf(['a'], '5', 'x'),
      status(410),
      listOf(['a'], '6', 'x'),
      status(410),
      listOf(['a', 'b'], '7'),
      holding(),
    ])
    expect(seen).toEqual(['reset a,b', 'running'])
    expect(asked[4]?.query.get('limit')).toBeNull()
  })

  it('resumes when the peer has fallen silent, and says nothing of it', async () => {
    const { seen, asked } = await read(until('added a'), [listOf([], '5'), holding(), holding(added('a', '6'))])
    expect(seen).toEqual(['reset ', 'running', 'added a'])
    expect(versions(asked)).toEqual(['5', '5'])
  })

  it('tells of a peer that does not answer, and comes back', async () => {
    const { seen, messages } = await read(until('running'), [silent, listOf(['a'], '5'), holding()])
    expect(seen).toEqual(['retrying', 'reset a', 'running'])
    expect(messages[0]).toMatch(/^Cannot reach the API server http:.*nothing was heard/)
  })

  it('passes over lines that it cannot read and counts them', async () => {
    const { seen } = await read(until('added b'), [
      listOf([], '5'),
      holding(
        '{nonsense',
        'null',
        '42',
        { type: 'ADDED', object: {} },
        { type: 'NEW', object: object('x') },
        added('b', '6'),
      ),
    ])
    expect(seen).toEqual(['reset ', 'running', ...Array.from({ length: 5 }, () => 'malformed 1'), 'added b'])
  })

  it('takes the older version of a kind where the newer is not served', async () => {
    const older = { ...pods, version: 'v1beta1' }
    const { seen, asked } = await read(until('running'), [status(404), listOf(['a'], '5'), holding()], {
      resources: [pods, older],
    })
    expect(seen).toEqual(['reset a', 'running'])
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/pods', '/api/v1beta1/pods', '/api/v1beta1/pods'])
  })

  it('tells that the kind is not there, and finds it when it comes', async () => {
    const { seen } = await read(until('running'), [status(404), status(404), listOf(['a'], '5'), holding()])
    expect(seen).toEqual(['absent', 'reset a', 'running'])
  })

  describe('of a kind that discovery is asked of', () => {
    const v3 = { group: 'projectcalico.org', version: 'v3', plural: 'tiers' }
    const crd = { group: 'crd.projectcalico.org', version: 'v1', plural: 'tiers' }
    /** `told`: which groups are served at each asking, the last for ever; null: it cannot be told. */
    const discovery = (...told: (readonly string[] | null)[]) => {
      let asked = 0
      return {
        serves: async ({ group, version }: typeof v3) => {
          const now = told[Math.min(Math.floor(asked++ / 2), told.length - 1)]
          return now ? now.includes(group) && version !== '' : null
        },
      }
    }
    const reading = (told: (readonly string[] | null)[], answers: Answer[], enough = until('running')) =>
      read(enough, answers, { resources: [v3, crd] as const, discovery: discovery(...told) })
    const lists = (asked: FaultServer['asked']) => asked.filter(({ watch }) => !watch).map(({ path }) => path)
    const crdPath = '/apis/crd.projectcalico.org/v1/tiers'
    const v3Path = '/apis/projectcalico.org/v3/tiers'

    it('asks for nothing that is not served, says it is gone when it stays away, and finds it when it comes', async () => {
      const { seen, asked } = await reading([[], [], [], [crd.group]], [listOf(['a'], '5'), holding()])
      expect(seen).toEqual(['absent', 'reset ', 'reset a', 'running'])
      expect(lists(asked)).toEqual([crdPath])
    })

    it('takes the first that is served', async () => {
      const { asked } = await reading([[v3.group, crd.group]], [listOf(['a'], '5'), holding()])
      expect(lists(asked)).toEqual([v3Path])
    })

    it('takes the same objects of another group where the first may not be read', async () => {
      const answers = [status(403), listOf(['a'], '5'), holding()]
      const { seen, asked } = await reading([[v3.group, crd.group]], answers)
      expect(seen).toEqual(['reset a', 'running'])
      expect(lists(asked)).toEqual([v3Path, crdPath])
    })

    it('tells of the first where none may be read, and tries both again', async () => {
      const denied = [status(403), status(403)]
      const answers = [...denied, ...denied, listOf(['a'], '5'), holding()]
      const { seen, messages, asked } = await reading([[v3.group, crd.group]], answers)
      expect(seen).toEqual(['failed', 'reset a', 'running'])
      expect(messages[0]).toContain('apiGroups: ["projectcalico.org"]')
      expect(lists(asked)).toEqual([v3Path, crdPath, v3Path, crdPath, v3Path])
    })

    it('tries them in order where discovery cannot tell', async () => {
      const { seen, asked } = await reading([null], [status(404), listOf(['a'], '5'), holding()])
      expect(seen).toEqual(['reset a', 'running'])
      expect(lists(asked)).toEqual([v3Path, crdPath])
    })

    it('looks anew where a definition goes while it is followed', async () => {
      const answers = [listOf(['a'], '5'), status(404)]
      const { seen } = await reading(
        [[crd.group], []],
        answers,
        (all) => all.filter((one) => one === 'reset ').length > 0,
      )
      expect(seen).toEqual(['reset a', 'absent', 'reset '])
    })
  })

  it.each([
    [
      403,
      /Bind a ClusterRole with the rule \{apiGroups: \[""\], resources: \["pods"\], verbs: \["list", "watch"\]\}.*said: no/,
    ],
    [401, /Renew the kubeconfig's login/],
  ])('tells what to do about a %i once, and goes on when it is done', async (code, message) => {
    const { seen, messages } = await read(until('running'), [status(code), status(code), listOf(['a'], '5'), holding()])
    expect(seen).toEqual(['failed', 'reset a', 'running'])
    expect(messages[0]).toMatch(message)
  })

  it('keeps trying while the server is overloaded or answers nonsense', async () => {
    const nonsense: Answer = (response) => void response.end('<html>')
    const { seen } = await read(until('running'), [status(500), nonsense, listOf(['a'], '5'), status(503), holding()])
    expect(seen.filter((text) => text !== 'retrying')).toEqual(['reset a', 'running'])
    expect(seen.filter((text) => text === 'retrying').length).toBeGreaterThanOrEqual(2)
  })

  it('keeps no more objects than it may and counts the others', async () => {
    server = await startFaultServer(listOf(['a', 'b', 'c'], '5'), holding())
    const options = { resources: [pods] as const, parse, signal: new AbortController().signal, timing, maxObjects: 2 }
    const watch = watchResource<string>(server.connection, options)
    expect((await watch.next()).value).toEqual({ type: 'reset', objects: ['a', 'b'], overflow: 1 })
    await watch.return()
  })

  it('ends when it is told to, in every phase', async () => {
    for (const answers of [[silent], [status(403)], [listOf([], '5'), holding()], [status(500)]]) {
      server = await startFaultServer(...answers)
      const stop = new AbortController()
      const options = {
        resources: [pods] as const,
        parse,
        signal: stop.signal,
        timing: { ...timing, idleMs: 60_000, deniedMs: 60_000 },
      }
      const watch = watchResource<string>(server.connection, options)
      setTimeout(() => stop.abort(), 50)
      while (!(await watch.next()).done);
      await server.stop()
      server = undefined
    }
  })
})
