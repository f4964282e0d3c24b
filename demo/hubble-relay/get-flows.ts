import { status, type ServerWritableStream } from '@grpc/grpc-js'
import { encodeLost, encodeNodeStatus, lostSource, nodeState } from './encode'
import type { RelayNodes } from './nodes'
import { decodeFlowsRequest, type FlowsRequest } from './request'
import { merge, selectSpan, type Span } from './select'

type Call = ServerWritableStream<Buffer, Buffer>

/** Writes are stopped when this many responses wait for a slow follower; its ring then turns over. */
const burst = 512

/** Answers GetFlows: node status first, then the past, then with `follow` whatever comes, at the follower's pace. */
export function getFlows(call: Call, nodes: RelayNodes, now: () => number): void {
  const refused = refusal(call.request)
  if (typeof refused === 'string')
    return void call.emit('error', { code: status.INVALID_ARGUMENT, details: refused, message: refused })
  const request = refused
  const spans = nodes.rings.map((ring) => selectSpan(ring, request))
  const spanOf = new Map(spans.map((span, node) => [span, node]))
  sendStates(call, nodes, now())

  let waiting = false
  let closed = false
  const openedAt = now()
  const lost = ({ ring, sentAt }: Span, count: number) => {
    const last = ring.at(ring.oldest)?.time ?? now()
    const first = Math.min(last, sentAt ?? request.since ?? openedAt)
    call.write(encodeLost(ring.node, now(), { source: lostSource.hubbleRing, count, first, last }))
  }
  const visible = () => spans.filter((span) => nodes.isUp(spanOf.get(span) ?? -1))
  const endOf = (span: Span) => (request.follow ? span.ring.next : span.end)

  const pump = (): void => {
    if (waiting || closed) return
    let written = 0
    for (const entry of merge(visible(), endOf, lost)) {
      if (request.until !== null && entry.time > request.until) continue
      const flowing = call.write(entry.data)
      if (!flowing || ++written >= burst) {
        waiting = true
        const resume = () => {
          waiting = false
          pump()
        }
        if (flowing) setImmediate(resume)
        else call.once('drain', resume)
        return
      }
    }
    if (!request.follow || (request.until !== null && now() > request.until)) finish()
  }
  const stopEvents = nodes.onEvents(pump)
  const stopStates = nodes.onState((node, up) => {
    const ring = nodes.rings[node]
    if (!ring || closed) return
    const state = up ? nodeState.connected : nodeState.unavailable
    call.write(encodeNodeStatus(now(), state, [ring.node], up ? '' : 'connection refused'))
  })
  const release = () => {
    closed = true
    stopEvents()
    stopStates()
  }
  const finish = () => {
    release()
    call.end()
  }
  call.on('cancelled', release)
  call.on('close', release)
  call.on('error', release)
  pump()
}

/** The request, or why it is refused. */
function refusal(data: Buffer): FlowsRequest | string {
  let request: FlowsRequest
  try {
    request = decodeFlowsRequest(data)
  } catch {
    return 'the request is no GetFlowsRequest'
  }
  if (request.first && request.follow) return 'first cannot be specified with follow'
  if (request.filtered) return 'this relay supports no filters; ask for everything'
  return request
}

function sendStates(call: Call, nodes: RelayNodes, time: number): void {
  const named = (up: boolean) => nodes.rings.filter((_, node) => nodes.isUp(node) === up).map((ring) => ring.node)
  const [up, down] = [named(true), named(false)]
  if (up.length) call.write(encodeNodeStatus(time, nodeState.connected, up))
  if (down.length) call.write(encodeNodeStatus(time, nodeState.unavailable, down, 'connection refused'))
}
