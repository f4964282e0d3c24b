import { localRoute } from '@/server/login/local'

export const POST = localRoute
