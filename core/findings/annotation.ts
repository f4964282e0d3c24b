import { endpointKey } from '../endpoint'
import { healthAnnotation, parseHealthAnnotation } from '../health/tolerance-annotation'
import type { Audit } from './context'
import type { Draft } from './finding'

/** Health annotations of which a part cannot be read. */
export const annotation: Audit = ({ world }) =>
  world.inventory.flatMap(({ endpoint, health }): Draft[] => {
    const { bad } = parseHealthAnnotation(health ?? '')
    if (bad.length === 0) return []
    return [
      {
        audit: 'annotation',
        severity: 'notice',
        title: `${endpoint.name}: its health annotation cannot be read`,
        sentence: `${healthAnnotation} of it or its namespace says “${bad.join(' ')}”, which is left out. Write words such as p95=300ms errors=2%.`,
        subject: endpointKey(endpoint),
        endpoints: [endpointKey(endpoint)],
        affected: [],
        evidence: [{ figure: healthAnnotation, value: health ?? '', witness: null }],
        watch: null,
        weight: 0,
      },
    ]
  })
