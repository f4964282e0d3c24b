import type { MessagePort } from 'node:worker_threads'
import { type Asking, partsOf, type Telling } from './answer-messages'
import { AppError } from './errors'
import { webMetrics } from './metrics'
import { views } from './views/all'
import { workOutHere } from './work-out'

/** Answers what the web's thread sends, many questions at a time, until the port closes. */
export function serveAnswers(port: MessagePort): void {
  const byName = new Map(views.map((view) => [view.name, view]))
  const valueOf = async (asking: Asking): Promise<unknown> => {
    if (asking.what === 'metrics') return webMetrics().registry.getMetricsAsJSON()
    const view = byName.get(asking.view)
    if (!view) throw new AppError('not_found', `There is no question ${asking.view}.`)
    // Settled by this very view in the web's thread, so it has the type that the view expects.
    return view.open((each) => workOutHere(each, asking.question as never, asking.scope))
  }
  port.on('message', async (asking: Asking) => {
    const { id } = asking
    try {
      port.postMessage({ id, value: await valueOf(asking) } satisfies Telling)
    } catch (thrown) {
      port.postMessage({ id, error: partsOf(thrown) } satisfies Telling)
    }
  })
}
