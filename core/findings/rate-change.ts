import { secondsOf } from '../series/covered'
import { endpointType, parseEndpointKey } from '../endpoint'
import { rateWords, spanWords } from '../text/words'
import { type Audit } from './context'
import type { Draft } from './finding'

/** How many times more or fewer requests than usual: the hours of a day differ by less in most places. */
const factor = 4
const leastExpected = 100

/** Services that are asked much more or much less often than usual. */
export const rateChange: Audit = ({ world, baseline, traffic }) =>
  [...(baseline?.nodes ?? [])].flatMap(([key, usual]): Draft[] => {
    const endpoint = parseEndpointKey(key)
    const requests = traffic.received(key)?.requests
    if (!baseline || !endpoint || endpointType(endpoint) === 'node' || !usual.requestRate || !requests) return []
    const seconds = secondsOf(world, endpoint.cluster)
    const rate = seconds > 0 ? requests / seconds : null
    if (rate === null || Math.max(requests, usual.requestRate * seconds) < leastExpected) return []
    if (rate < usual.requestRate * factor && rate > usual.requestRate / factor) return []
    return [
      {
        audit: 'rate-change',
        severity: 'notice',
        title: `${endpoint.name} is asked much ${rate > usual.requestRate ? 'more' : 'less'} often`,
        sentence: `${rateWords(rate)} come in; in the ${spanWords(baseline.window.to - baseline.window.from)} before it was ${rateWords(usual.requestRate)}.`,
        subject: key,
        endpoints: [key],
        affected: [],
        evidence: [{ figure: 'requests', value: rateWords(rate), witness: null }],
        watch: null,
        weight: Math.abs(Math.log(rate / usual.requestRate)),
      },
    ]
  })
