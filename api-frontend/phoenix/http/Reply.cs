using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What a handler answers. Writing it is the last thing that happens to a request.</summary>
internal abstract class Reply
{
    /// <summary>500: storage did not do its work in time, so nobody knows what became of a write.</summary>
    public static readonly Reply Unavailable = new ErrorReply(StatusCodes.Status500InternalServerError, null, []);

    /// <summary>204: done, and there is nothing to show.</summary>
    public static readonly Reply NoContent = new EmptyReply();

    /// <summary>200 with a body.</summary>
    public static Reply Ok<T>(T body, JsonTypeInfo<T> type) => new JsonReply<T>(StatusCodes.Status200OK, body, type);

    /// <summary>201 with what was made.</summary>
    public static Reply Created<T>(T body, JsonTypeInfo<T> type) => new JsonReply<T>(StatusCodes.Status201Created, body, type);

    /// <summary>202: it is durable, and takes effect in a moment.</summary>
    public static Reply Accepted<T>(T body, JsonTypeInfo<T> type) => new JsonReply<T>(StatusCodes.Status202Accepted, body, type);

    /// <summary>400 with every mistake in <c>details</c> and the first in <c>message</c>.</summary>
    /// <param name="mistakes">One or more.</param>
    public static Reply Invalid(IReadOnlyList<Mistake> mistakes) =>
        new ErrorReply(StatusCodes.Status400BadRequest, mistakes.Count > 0 ? mistakes[0].Message : null, mistakes);

    /// <summary>400 for what has no place in a body.</summary>
    public static Reply Invalid(string message) => new ErrorReply(StatusCodes.Status400BadRequest, message, []);

    /// <summary>404, with the sentence's subject: <c>Leaderboard 'weekly'</c>.</summary>
    public static Reply NotFound(string what) => new ErrorReply(StatusCodes.Status404NotFound, $"{what} does not exist", []);

    /// <summary>An error in the family's envelope.</summary>
    /// <param name="message">The family's usual words when null.</param>
    public static Reply Error(int status, string? message = null) => new ErrorReply(status, message, []);

    /// <summary>Answers the request.</summary>
    public abstract Task WriteAsync(HttpContext context);

    private sealed class JsonReply<T>(int status, T body, JsonTypeInfo<T> type) : Reply
    {
        public override Task WriteAsync(HttpContext context)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = JsonContent.ResponseType;
            return JsonSerializer.SerializeAsync(context.Response.BodyWriter, body, type, context.RequestAborted);
        }
    }

    private sealed class EmptyReply : Reply
    {
        public override Task WriteAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
    }

    private sealed class ErrorReply(int status, string? message, IReadOnlyList<Mistake> mistakes) : Reply
    {
        public override Task WriteAsync(HttpContext context) =>
            RouteFamilies.Of(context.Request.Path).WriteErrorAsync(context, status, message, mistakes: mistakes);
    }
}
