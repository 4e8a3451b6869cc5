using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>What a handler of this family answers.</summary>
internal readonly struct RankoraReply
{
    private readonly byte[]? _body;
    private readonly int _status;
    private readonly string? _message;

    private RankoraReply(byte[]? body, int status, string? message) => (_body, _status, _message) = (body, status, message);

    /// <summary>200 with a body.</summary>
    public static RankoraReply Ok<T>(T body, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(body, type), StatusCodes.Status200OK, null);

    /// <summary>An error; the family's usual words when the message is null.</summary>
    public static RankoraReply Error(int status, string? message = null) => new(null, status, message);

    /// <summary>400.</summary>
    public static RankoraReply Invalid(string message) => Error(StatusCodes.Status400BadRequest, message);

    /// <summary>What a grain's refusal is.</summary>
    public static RankoraReply Of(OutcomeStatus status, string missing) => status switch
    {
        OutcomeStatus.NotFound => Error(StatusCodes.Status404NotFound, missing),
        OutcomeStatus.NotActive or OutcomeStatus.WrongWindow => Invalid("The leaderboard takes no scores now"),
        _ => Error(StatusCodes.Status500InternalServerError),
    };

    /// <summary>Answers the request.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (_body is null)
            return RouteFamilies.Rankora.WriteErrorAsync(context, _status, _message);
        context.Response.StatusCode = _status;
        context.Response.ContentType = JsonContent.ResponseType;
        context.Response.ContentLength = _body.Length;
        return context.Response.BodyWriter.WriteAsync(_body).AsTask();
    }
}
