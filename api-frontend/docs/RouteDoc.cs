namespace Laurel.ApiFrontend;

/// <summary>
/// What <c>/openapi/v1.json</c> says of a route: metadata of its endpoint. Path parameters, keys and the errors that every route of its
/// kind can answer with (401, 403, 413, 415, 429, 500) come from the endpoint itself.
/// </summary>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Name">Its unique name, in camelCase.</param>
/// <param name="Summary">One line.</param>
internal sealed record RouteDoc(string Tag, string Name, string Summary)
{
    /// <summary>What else there is to know, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>Query parameters.</summary>
    public IReadOnlyList<ParameterDoc> Query { get; init; } = [];

    /// <summary>The request's body, or null for none.</summary>
    public BodyDoc? Body { get; init; }

    /// <summary>What it answers when all is well.</summary>
    public IReadOnlyList<AnswerDoc> Answers { get; init; } = [];

    /// <summary>When it answers with 400, 404 or 409, and what of the usual errors needs another word here.</summary>
    public IReadOnlyDictionary<int, string> Errors { get; init; } = new Dictionary<int, string>();
}
