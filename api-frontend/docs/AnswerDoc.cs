using System.Text.Json.Serialization.Metadata;

namespace Laurel.ApiFrontend;

/// <summary>An answer with its body.</summary>
/// <param name="Status">The status.</param>
/// <param name="Description">When, and what it holds.</param>
/// <param name="Example">A body, or null for an answer without one.</param>
/// <param name="Type">What the body's schema is made from; null when the example says it all.</param>
internal sealed record AnswerDoc(int Status, string Description, string? Example, JsonTypeInfo? Type = null)
{
    /// <summary>What it is sent as.</summary>
    public string ContentType { get; init; } = "application/json";
}
