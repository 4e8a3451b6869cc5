using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Writes a response of server-sent events. A client that does not take one within <see cref="FrontendOptions.ViewerDeadline"/> is
/// dropped; what waits for it is one write, never more.
/// </summary>
internal sealed partial class EventStreamWriter
{
    private readonly HttpContext _context;
    private readonly LiveViewer _viewer;
    private readonly LiveServices _services;
    private readonly FrontendMetrics _metrics;

    /// <summary>Sets the response's headers; nothing may be written yet.</summary>
    public EventStreamWriter(HttpContext context, LiveViewer viewer, LiveServices services, FrontendMetrics metrics)
    {
        (_context, _viewer, _services, _metrics) = (context, viewer, services, metrics);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Slow readers are dropped here, which is logged.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    /// <summary>Writes whole events, and hands them to the network.</summary>
    /// <returns>Whether the client may be there still.</returns>
    public async ValueTask<bool> WriteAsync(byte[] events)
    {
        var writing = _context.Response.BodyWriter.WriteAsync(events, _context.RequestAborted);
        if (writing.IsCompletedSuccessfully)
            return !writing.Result.IsCompleted;
        try
        {
            return !(await writing.AsTask().WaitAsync(_services.Options.ViewerDeadline, _services.Clock)).IsCompleted;
        }
        catch (TimeoutException)
        {
            _metrics.ViewerDropped(RouteFamilies.Of(_context.Request.Path).Name);
            LogDropped(_services.Log, _viewer.Caller.KeyId, _services.Options.ViewerDeadline);
            _context.Abort();
            return false;
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "An event stream of key {KeyId} was dropped: it did not take an event within {Deadline}")]
    private static partial void LogDropped(ILogger log, string keyId, TimeSpan deadline);
}
