import { respondTo } from '@/server/http'
import { liveHub } from '@/server/live'
import { liveEnd } from '@/server/live-end'
import { liveStream } from '@/server/live-stream'
import { standing } from '@/server/standing'

export const GET = (request: Request) =>
  respondTo('live', request, async (asker) => {
    if (request.method === 'HEAD') return new Response(null, { headers: { 'cache-control': 'no-store' } })
    const stands = standing(request, asker)
    try {
      return liveStream(liveHub(), liveEnd, { ...stands, account: asker.account.id })
    } catch (thrown) {
      stands.stop()
      throw thrown
    }
  })
