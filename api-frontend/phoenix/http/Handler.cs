using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What serves a route: reads the request of an admitted caller, and returns the answer.</summary>
internal delegate Task<Reply> Handler(HttpContext context);
