import { backchannelRoute } from '@/server/login/backchannel'

export const POST = backchannelRoute
