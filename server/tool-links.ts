import type { Endpoint } from '@/core/endpoint'
import { fillLink, isTraceLink, type ToolLink } from '@/core/links/link-template'
import type { Window } from '@/core/time'
import { env } from './env'

/** Links to other tools about an endpoint and a window, as configured; those of one trace are left out. */
export const toolLinks = (self: Endpoint, window: Window): readonly ToolLink[] =>
  env()
    .linkTemplates.filter((template) => !isTraceLink(template))
    .map(({ title, url }) => ({ title, url: fillLink(url, { ...self, ...window }) }))

/** Links to one trace. */
export const traceLinks = (self: Endpoint, window: Window, traceId: string): readonly ToolLink[] =>
  env()
    .linkTemplates.filter(isTraceLink)
    .map(({ title, url }) => ({ title, url: fillLink(url, { ...self, ...window, traceId }) }))
