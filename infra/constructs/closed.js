// Answers for a paused shop. Pages go on to the bucket under a name that it never has, so that CloudFront puts the
// closed page in place of the refusal, with status 503. Whatever is no page is answered here, as the shop would.
function handler(event) {
    var request = event.request;
    var reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && !/^\/(api|auth)(\/|$)/.test(request.uri)) {
        request.uri = '/closed/-';
        request.querystring = {};
        return request;
    }
    return {
        statusCode: 503,
        statusDescription: 'Service Unavailable',
        headers: {
            'content-type': { value: 'application/problem+json' },
            'cache-control': { value: 'no-store' },
            'retry-after': { value: '3600' },
            'x-content-type-options': { value: 'nosniff' }
        },
        body: {
            encoding: 'text',
            data: JSON.stringify({
                type: '/problems/shop_closed',
                title: 'Not available right now',
                status: 503,
                code: 'shop_closed',
                detail: 'The shop is closed at the moment. Come back soon.'
            })
        }
    };
}
