namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of API keys.</summary>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record KeyListBody(int Total, IReadOnlyList<KeyBody> Keys);
