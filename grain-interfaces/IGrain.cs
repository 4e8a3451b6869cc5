namespace Laurel.GrainInterfaces;

/// <summary>
/// Marks a grain's plain interface. Each method takes one request record and returns one response record; no overloads, generics or
/// default methods. Released names of methods, namespaces and records never change: a method is added instead, and a test holds
/// them against a checked-in list.
/// </summary>
public interface IGrain;
