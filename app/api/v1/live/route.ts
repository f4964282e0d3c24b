import { respondTo } from '@/server/http'
import { liveHub } from '@/server/live'
import { liveEnd } from '@/server/live-end'
import { liveStream } from '@/server/live-stream'

export const GET = (request: Request) =>
  respondTo('live', request, async () => liveStream(liveHub(), liveEnd, request.signal))
