import { rm } from 'node:fs/promises'
import type { Observation } from '@/core/observation'
import type { Batch, Checkpoint, ReadContext, Source } from '@/collectors/source'
import { type Absence, createAbsence } from './absence'
import { type Update, createCollector } from './collector'
import { type GoldmaneNodeConfig, goldmaneNodeConfig } from './config'
import { type Decoder, createDecoder } from './decode'
import { versionOf } from './enums'
import { type InboxLimits, createInbox, inboxLimits } from './inbox'
import { bindSocket } from './socket'

/** Felix of one node, which connects to a Unix socket of ours. It needs none of Calico's certificates and names the node. */
export const goldmaneNode: Source<GoldmaneNodeConfig> = createGoldmaneNode(inboxLimits)

/** With its bounds given, for tests. */
export function createGoldmaneNode(limits: InboxLimits): Source<GoldmaneNodeConfig> {
  return {
    id: 'goldmane-node',
    title: 'Calico Felix, node-local',
    config: goldmaneNodeConfig,
    target: ({ cluster, node, socket }) => `${cluster ? `${cluster}, ` : ''}${node} at ${socket}`,
    discover: () => [],
    read: (config, from, context) => read(config, from, context, limits),
  }
}

type Session = {
  readonly decoder: Decoder
  readonly absence: Absence
  /** Start of the newest flush before which all is handed over. */
  checkpoint: number | null
  /** End of the newest flush that came. */
  newest: number | null
  /** Keys handed over since the checkpoint moved: Felix may connect again, and tell all again, before it does. */
  readonly taken: Set<bigint>
}

const maxTaken = 500_000

async function* read(
  config: GoldmaneNodeConfig,
  from: Checkpoint | null,
  context: ReadContext,
  limits: InboxLimits,
): AsyncGenerator<Batch> {
  const { node, flushSeconds, socket } = config
  const cluster = config.cluster ?? context.cluster
  const session: Session = {
    decoder: createDecoder({ cluster, node, windowSeconds: flushSeconds }),
    absence: createAbsence(cluster, flushSeconds * 1000),
    checkpoint: from?.time ?? null,
    newest: from?.time ?? null,
    taken: new Set(),
  }
  const inbox = createInbox(limits, () => collector.resume())
  const collector = createCollector(inbox, () => session.checkpoint)
  await bindSocket(collector.server, socket)
  const end = () => inbox.end(null)
  context.signal.addEventListener('abort', end, { once: true })
  let said = ''
  try {
    while (!context.signal.aborted) {
      const messages = await inbox.take()
      const batch = toBatch(collector.updates(messages), session, collector.clients, Date.now())
      const facts = factsOf(session.decoder, collector.clients)
      const text = JSON.stringify(facts)
      const fresh = text === said ? undefined : facts
      said = text
      if (batch || fresh) yield { ...(batch ?? nothing), facts: fresh }
    }
  } finally {
    context.signal.removeEventListener('abort', end)
    collector.server.forceShutdown()
    await rm(socket, { force: true })
  }
}

const nothing: Batch = { observations: [], gaps: [], checkpoint: null, malformed: 0 }

function factsOf(decoder: Decoder, clients: number) {
  const version = versionOf(decoder.kinds)
  return { 'connections of Felix': clients, ...(version && { 'Calico version, by its policy kinds': version }) }
}

/** Decodes what came; null when there is nothing to say. */
function toBatch(updates: readonly Update[], session: Session, clients: number, now: number): Batch | null {
  const observations: Observation[] = []
  let malformed = 0
  let checkpoint = session.checkpoint
  let live = false
  for (const { message, replays } of updates) {
    const received = session.decoder.update(message)
    if (received.type === 'malformed') malformed++
    if (received.type !== 'flow' || replays.isOld(received.time) || session.taken.has(received.key)) continue
    observations.push(received)
    const { time, spanMs = 0, key } = received
    if (session.taken.size < maxTaken) session.taken.add(key)
    if (time > now) continue
    session.newest = Math.max(session.newest ?? 0, time + spanMs)
    const complete = replays.checkpoint(time)
    if (complete === null) continue
    live = true
    checkpoint = Math.max(checkpoint ?? 0, complete)
  }
  const oldest = observations.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY)
  const gap = session.absence.look({ connected: clients > 0, newest: session.newest, oldest, live, now })
  if (observations.length === 0 && malformed === 0 && !gap) return null
  const moved = checkpoint !== session.checkpoint && checkpoint !== null
  if (moved) session.taken.clear()
  session.checkpoint = checkpoint
  return { observations, gaps: gap ? [gap] : [], checkpoint: moved ? { time: checkpoint ?? 0 } : null, malformed }
}
