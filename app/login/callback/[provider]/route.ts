import { callbackRoute } from '@/server/login/callback'

export const GET = callbackRoute
