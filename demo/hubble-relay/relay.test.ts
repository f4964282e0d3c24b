import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { flowsRequest, type ReadFlow, type ReadResponse, readMessage, readResponse } from '../test-reader'
import { encodeFlow, encodeEndpoint } from './encode'
import { eventType, flowType, verdict } from './flow'
import { createRelayNodes, type RelayNodes } from './nodes'
import { type Relay, startRelay } from './relay'

const raw = (data: Buffer) => data
const none = encodeEndpoint({ identity: 2, labels: ['reserved:world'] })

/** An event that is told by its time alone: `second` is its source port too. */
const event = (node: number, second: number) => ({
  time: second * 1000,
  data: encodeFlow({
    time: second * 1000,
    uuid: `00000000-0000-4000-a000-${String(second).padStart(12, '0')}`,
    verdict: verdict.forwarded,
    type: flowType.l3l4,
    nodeName: `demo/n${node}`,
    sourceIp: '10.0.0.1',
    destinationIp: '10.0.0.2',
    transport: 'tcp',
    sourcePort: second,
    destinationPort: 80,
    source: none,
    destination: none,
    event: eventType.trace,
  }),
})

let nodes: RelayNodes
let relay: Relay
let client: Client

beforeEach(async () => {
  client?.close()
  relay?.kill()
  nodes = createRelayNodes(['demo/n0', 'demo/n1'], 15, new Set(['shop']))
  relay = await startRelay({ nodes, cluster: 'demo', port: 0, now: () => 100_000 })
  client = new Client(relay.address, credentials.createInsecure())
})
afterAll(() => {
  client.close()
  relay.kill()
})

const push = (node: number, ...seconds: number[]) => {
  for (const second of seconds) nodes.push(node, event(node, second))
}

type Stream = { responses: ReadResponse[]; error: ServiceError | null; ended: boolean; cancel(): void }

function getFlows(request: Parameters<typeof flowsRequest>[0]): Stream {
  const call = client.makeServerStreamRequest('/observer.Observer/GetFlows', raw, raw, flowsRequest(request))
  const stream: Stream = { responses: [], error: null, ended: false, cancel: () => call.cancel() }
  call.on('data', (data: Buffer) => void stream.responses.push(readResponse(data)))
  call.on('error', (error: ServiceError) => void (stream.error = error))
  call.on('end', () => void (stream.ended = true))
  return stream
}
const flowsOf = (stream: Stream): ReadFlow[] => stream.responses.flatMap((response) => response.flow ?? [])
const seconds = (stream: Stream) => flowsOf(stream).map((flow) => flow.l4.TCP?.source_port)
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })
const past = async (request: Parameters<typeof flowsRequest>[0]) => {
  const stream = getFlows(request)
  await eventually(() => expect(stream.ended || stream.error).toBeTruthy())
  return stream
}

describe('GetFlows', () => {
  test('names the connected nodes first', async () => {
    push(0, 1)
    const { responses } = await past({})
    expect(responses[0]?.node_status).toMatchObject({ state_change: 1, node_names: ['demo/n0', 'demo/n1'] })
    expect(responses[1]).toMatchObject({ node_name: 'demo/n0' })
  })

  test.each([
    ['everything, merged by time', {}, [1, 2, 3, 4, 5, 6]],
    ['the newest of each node', { number: 2 }, [3, 4, 5, 6]],
    ['the oldest of each node', { number: 1, first: true }, [1, 2]],
    ['from a time on', { since: 3000 }, [3, 4, 5, 6]],
    ['up to a time', { until: 4000 }, [1, 2, 3, 4]],
    ['between times', { since: 2000, until: 5000 }, [2, 3, 4, 5]],
    ['the newest before a time', { until: 4000, number: 1 }, [3, 4]],
    ['the oldest after a time', { since: 3000, number: 1, first: true }, [3, 4]],
  ] as const)('gives %s', async (_, request, expected) => {
    push(0, 1, 3, 5)
    push(1, 2, 4, 6)
    expect(seconds(await past(request))).toEqual(expected)
  })

  test('follows from now on where neither number nor time is given', async () => {
    push(0, 1)
    const stream = getFlows({ follow: true })
    await eventually(() => expect(stream.responses).toHaveLength(1))
    push(0, 2)
    push(1, 3)
    nodes.flush()
    await eventually(() => expect(seconds(stream)).toEqual([2, 3]))
    stream.cancel()
  })

  test('follows on from a time without a hole or a repeat', async () => {
    push(0, 1, 2)
    const stream = getFlows({ follow: true, since: 2000 })
    push(1, 3)
    nodes.flush()
    await eventually(() => expect(seconds(stream)).toEqual([2, 3]))
    push(0, 4)
    nodes.flush()
    await eventually(() => expect(seconds(stream)).toEqual([2, 3, 4]))
    stream.cancel()
  })

  test('tells a follower that was too slow how many events the ring lost', async () => {
    const stream = getFlows({ follow: true })
    await eventually(() => expect(stream.responses).toHaveLength(1))
    push(0, ...Array.from({ length: 40 }, (_, i) => i + 1))
    nodes.flush()
    await eventually(() => expect(flowsOf(stream)).toHaveLength(15))
    expect(stream.responses[1]).toMatchObject({ node_name: 'demo/n0', lost_events: { source: 3, num_events_lost: 25 } })
    expect(seconds(stream)[0]).toBe(26)
    stream.cancel()
  })

  test('tells when a node goes and comes back', async () => {
    const stream = getFlows({ follow: true })
    await eventually(() => expect(stream.responses).toHaveLength(1))
    nodes.setUp(1, false)
    push(1, 5)
    nodes.flush()
    nodes.setUp(1, true)
    nodes.flush()
    await eventually(() => expect(seconds(stream)).toEqual([5]))
    expect(stream.responses.flatMap((r) => r.node_status?.state_change ?? [])).toEqual([1, 2, 1])
    stream.cancel()
  })

  test.each([
    ['first with follow', { first: true, follow: true }, status.INVALID_ARGUMENT],
    ['a filter', { blacklist: [Buffer.from([0x2a, 1, 2])] }, status.INVALID_ARGUMENT],
  ])('refuses %s', async (_, request, code) => {
    expect((await past(request)).error?.code).toBe(code)
  })
})

describe('the relay', () => {
  const unary = (method: string) =>
    new Promise<Buffer>((resolve, reject) => {
      client.makeUnaryRequest(`/observer.Observer/${method}`, raw, raw, Buffer.alloc(0), (error, answer) => {
        if (error || !answer) reject(error ?? new Error('no answer'))
        else resolve(answer)
      })
    })

  test('sums its nodes in ServerStatus and lists them in GetNodes', async () => {
    push(0, ...Array.from({ length: 20 }, (_, i) => i))
    nodes.setUp(1, false)
    expect(readMessage('ServerStatus', await unary('ServerStatus'))).toMatchObject({
      num_flows: 15,
      max_flows: 15,
      seen_flows: 20,
      num_connected_nodes: { value: 1 },
      num_unavailable_nodes: { value: 1 },
      unavailable_nodes: ['demo/n1'],
    })
    expect(readMessage('Nodes', await unary('GetNodes'))).toMatchObject({
      nodes: [
        { name: 'demo/n0', state: 1 },
        { name: 'demo/n1', state: 2 },
      ],
    })
  })

  test('implements no agent events', async () => {
    await expect(unary('GetAgentEvents')).rejects.toMatchObject({ code: status.UNIMPLEMENTED })
  })

  test('is gone when killed and comes back on its port with what the nodes kept', async () => {
    push(0, 1)
    const stream = getFlows({ follow: true })
    await eventually(() => expect(stream.responses).toHaveLength(1))
    relay.kill()
    await eventually(() => expect(stream.error?.code).toBe(status.UNAVAILABLE))
    push(0, 2)
    await relay.revive()
    await eventually(async () => expect(seconds(await past({}))).toEqual([1, 2]))
  })
})
