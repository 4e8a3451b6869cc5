using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend;

/// <summary>
/// The outermost step: whatever happens inside, the caller gets an answer in the family's words. Exceptions become its 500, are
/// logged once and tell the caller nothing; refusals without a body (404, 405 and the like) get its envelope.
/// </summary>
internal sealed partial class FamilyMiddleware(
    RequestDelegate next, TimeProvider clock, FrontendMetrics metrics, ILogger<FamilyMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        var family = RouteFamilies.Of(context.Request.Path);
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
            if (response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await family.WriteErrorAsync(context, response.StatusCode);
        }
        catch (BadHttpRequestException refused)
        {
            await AnswerAsync(context, family, refused.StatusCode);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer and nothing to repair.
        }
        catch (Exception failure)
        {
            LogFailure(failure, context.Request.Method, family.Name);
            await AnswerAsync(context, family, StatusCodes.Status500InternalServerError);
        }

        metrics.RequestEnded(family.Name, response.StatusCode, clock.GetElapsedTime(started));
    }

    private static Task AnswerAsync(HttpContext context, RouteFamily family, int status)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return family.WriteErrorAsync(context, status);
    }

    [LoggerMessage(1, LogLevel.Error, "A {Method} request of the {Family} family failed")]
    private partial void LogFailure(Exception failure, string method, string family);
}
