using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>What a handler of this family answers.</summary>
internal readonly struct TeamReply
{
    private readonly int _status;
    private readonly byte[]? _body;
    private readonly string? _message;
    private readonly bool _isError;

    private TeamReply(int status, byte[]? body, string? message, bool isError) => (_status, _body, _message, _isError) = (status, body, message, isError);

    /// <summary>A body.</summary>
    public static TeamReply With<T>(int status, T body, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, type), null, false);

    /// <summary>A status without a body.</summary>
    public static TeamReply Empty(int status) => new(status, null, null, false);

    /// <summary>An error; the family's usual words when the message is null.</summary>
    public static TeamReply Error(int status, string? message = null) => new(status, null, message, true);

    /// <summary>400.</summary>
    public static TeamReply Invalid(string message) => Error(StatusCodes.Status400BadRequest, message);

    /// <summary>What a grain's refusal is.</summary>
    public static TeamReply Of(OutcomeStatus status) => status switch
    {
        OutcomeStatus.NotFound => Error(StatusCodes.Status404NotFound),
        OutcomeStatus.NotActive or OutcomeStatus.WrongWindow => Invalid("The leaderboard takes no scores now"),
        OutcomeStatus.Invalid => Invalid("A score would leave what the leaderboard accepts"),
        _ => Error(StatusCodes.Status500InternalServerError),
    };

    /// <summary>Answers the request.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (_isError)
            return RouteFamilies.LeaderboardApi.WriteErrorAsync(context, _status, _message);
        context.Response.StatusCode = _status;
        context.Response.ContentLength = _body?.Length ?? 0;
        if (_body is null)
            return Task.CompletedTask;
        context.Response.ContentType = JsonContent.ResponseType;
        return context.Response.BodyWriter.WriteAsync(_body).AsTask();
    }
}
