using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Laurel.ApiFrontend;

/// <summary>Makes the operation of one route.</summary>
internal sealed class OperationBuilder(OpenApiDocument document)
{
    /// <summary>The operation of a route.</summary>
    public async Task<OpenApiOperation> BuildAsync(RouteEndpoint endpoint, RouteDoc doc)
    {
        var family = RouteFamilies.Of(new PathString("/" + endpoint.RoutePattern.RawText!.TrimStart('/')));
        var rule = endpoint.Metadata.GetMetadata<AccessRule>();
        var needsKey = rule is not null && rule.Kinds != KeyKinds.None;
        var operation = new OpenApiOperation
        {
            OperationId = doc.Name,
            Summary = doc.Summary,
            Description = Describe(doc, needsKey ? rule : null),
            Tags = new HashSet<OpenApiTagReference> { new(doc.Tag, document) },
            Parameters = [.. endpoint.RoutePattern.Parameters.Select(part => OfPath(part.Name)), .. doc.Query.Select(OfQuery)],
            RequestBody = doc.Body is null ? null : OfBody(doc.Body),
            Security = needsKey ? SecuritySchemes.Of(family, document) : [],
            Responses = [],
        };

        foreach (var answer in doc.Answers)
            operation.Responses.Add(Text(answer.Status), OfAnswer(answer));
        foreach (var (status, description) in ErrorDocs.Of(doc, needsKey))
            operation.Responses.TryAdd(Text(status), await OfErrorAsync(family, status, description));
        return operation;
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static string? Describe(RouteDoc doc, AccessRule? rule)
    {
        if (rule is null)
            return doc.Description;
        var kinds = Enum.GetValues<KeyKinds>().Where(kind => kind != KeyKinds.None && rule.Kinds.HasFlag(kind)).Select(KeyKindNames.NameOf);
        var keys = $"Keys: {string.Join(", ", kinds)}{(rule.Scope is null ? "" : $"; a tenant key needs the scope `{rule.Scope}`")}.";
        return doc.Description is null ? keys : $"{doc.Description}\n\n{keys}";
    }

    private OpenApiParameter OfPath(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = PathParameters.Describe(name),
        Schema = Schemas.Parse(PathParameters.SchemaOf(name), document),
    };

    private OpenApiParameter OfQuery(ParameterDoc parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = Schemas.Parse(parameter.Schema, document),
    };

    private OpenApiRequestBody OfBody(BodyDoc body) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [body.ContentType] = new OpenApiMediaType
            {
                Schema = Schemas.Parse(body.Schema, document),
                Example = ExampleOf(body.Example, body.ContentType),
            },
        },
    };

    private OpenApiResponse OfAnswer(AnswerDoc answer)
    {
        var response = new OpenApiResponse { Description = answer.Description };
        if (answer.Example is not null)
        {
            response.Content = new Dictionary<string, OpenApiMediaType>
            {
                [answer.ContentType] = new OpenApiMediaType
                {
                    Schema = answer.Type is null ? null : Schemas.Of(answer.Type, document),
                    Example = ExampleOf(answer.Example, answer.ContentType),
                },
            };
        }

        return response;
    }

    private static async Task<OpenApiResponse> OfErrorAsync(RouteFamily family, int status, string description)
    {
        // The family itself writes the example, so that the two cannot differ.
        using var written = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = written } };
        await family.WriteErrorAsync(context, status);
        return new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Example = JsonNode.Parse(written.ToArray()) },
            },
        };
    }

    private static JsonNode? ExampleOf(string text, string contentType) =>
        contentType == "application/json" ? JsonNode.Parse(text) : JsonValue.Create(text);
}
